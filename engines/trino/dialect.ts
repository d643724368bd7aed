/**
 * Every difference between what runs at AWS and what runs here. The queries themselves are not in
 * it: their text runs as the product renders it.
 */
import type { HiveColumn, HiveTable } from '../../test/support/sql/hive-table.js';

/** What the documentation lists, so that nothing is translated in silence. */
export const DIFFERENCES: readonly { readonly what: string; readonly why: string }[] = [
  {
    what: 'Log files hold one record a line, and `requestParameters`, `responseElements`, `additionalEventData` and `serviceEventDetails` hold their JSON as text.',
    why: "Athena's `CloudTrailInputFormat` cuts files into records and turns those fields to text as it reads; it is Amazon's own and no part of Trino. The table of `--ddl` names `org.apache.hive.hcatalog.data.JsonSerDe` behind it; Trino reads JSON with a reader of its own. That both give the same columns is assumed.",
  },
  {
    what: 'The statement that creates the table is translated from Hive to Trino: `STRUCT<a: STRING>` to `ROW("a" VARCHAR)`, properties of the projection to properties of columns, `s3://` to a local folder.',
    why: 'Athena takes DDL in Hive’s dialect, Trino in its own. Names, types and the projection are those that `query athena --ddl` prints.',
  },
  {
    what: 'Partitions that Athena loads with `ALTER TABLE ADD PARTITION` are found by `sync_partition_metadata` in folders named `column=value`.',
    why: 'Trino has no `ALTER TABLE ADD PARTITION`.',
  },
  {
    what: 'In Lake’s queries the id of the event data store is put in double quotes.',
    why: 'Lake takes the bare id for a table’s name; in Trino a name with hyphens has to be quoted.',
  },
  {
    what: 'Lake’s table is a view over the records, with the documented columns: timestamps, booleans, maps of text, and the record itself in `eventjson`.',
    why: 'Lake cannot be had outside AWS.',
  },
  {
    what: 'Athena’s and Lake’s own protocol is spoken by a server on loopback that hands the text to Trino.',
    why: 'The real source and SDK run against it. Its queues, errors and limits are not those of AWS.',
  },
];

/** The statement for Trino, with partition projection where the table has it. */
export function toTrino(table: HiveTable): string {
  const columns = [
    ...table.columns.map(column),
    ...table.partitions.map((partition) => `${column(partition)}${projection(partition, table)}`),
  ];
  const template = table.properties['storage.location.template'];
  const properties = [
    "format = 'JSON'",
    `external_location = ${text(localPath(table.location))}`,
    `partitioned_by = ARRAY[${table.partitions.map(({ name }) => text(name)).join(', ')}]`,
    ...(table.properties['projection.enabled'] === 'true'
      ? ['partition_projection_enabled = true']
      : []),
    ...(template === undefined
      ? []
      : [`partition_projection_location_template = ${text(localPath(template))}`]),
  ];
  return `CREATE TABLE ${table.database}.${table.name} (\n${columns.join(',\n')}\n) WITH (\n${properties.join(',\n')}\n)`;
}

function column({ name, type }: HiveColumn): string {
  return `"${name}" ${toTrinoType(type)}`;
}

/** `array<struct<arn:string>>` to `array(row("arn" varchar))`. */
function toTrinoType(type: string): string {
  return type
    .replaceAll(/(\w+):/g, '"$1" ')
    .replaceAll('string', 'varchar')
    .replaceAll('struct<', 'row(')
    .replaceAll('array<', 'array(')
    .replaceAll('map<', 'map(')
    .replaceAll('>', ')');
}

function projection({ name }: HiveColumn, { properties }: HiveTable): string {
  const of = (property: string): string | undefined => properties[`projection.${name}.${property}`];
  const type = of('type');
  if (type === undefined) return '';
  const list = (values = ''): string => `ARRAY[${values.split(',').map(text).join(', ')}]`;
  const settings = [
    `partition_projection_type = ${text(type)}`,
    ...(type === 'enum' ? [`partition_projection_values = ${list(of('values'))}`] : []),
    ...(type === 'date'
      ? [
          `partition_projection_format = ${text(of('format') ?? '')}`,
          `partition_projection_range = ${list(of('range'))}`,
          `partition_projection_interval = ${of('interval') ?? '1'}`,
          `partition_projection_interval_unit = ${text(of('interval.unit') ?? '')}`,
        ]
      : []),
  ];
  return ` WITH (${settings.join(', ')})`;
}

function localPath(place: string): string {
  return place.replace(/^s3:\/\//, 'local:///');
}

function text(value: string): string {
  return `'${value.replaceAll("'", "''")}'`;
}
