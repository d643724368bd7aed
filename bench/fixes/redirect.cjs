/** Preloaded into Node.js clients, which read no proxy setting: every TLS connection goes to the loopback server. */
const tls = require('node:tls');

const { connect } = tls;
tls.connect = (options, ...rest) =>
  connect(
    {
      ...options,
      host: '127.0.0.1',
      port: Number(process.env.LOOPBACK_TLS_PORT),
      path: undefined,
      servername: options.servername || options.host,
    },
    ...rest,
  );
