# Preloaded into Ruby, whose SDK reads no proxy setting: every TCP connection goes to the loopback server.
require 'socket'

class << Socket
  alias tcp_anywhere tcp
  def tcp(_host, _port, *_rest, **_named, &block)
    tcp_anywhere('127.0.0.1', ENV.fetch('LOOPBACK_TLS_PORT').to_i, &block)
  end
end

class << TCPSocket
  alias open_anywhere open
  def open(_host, _port, *_rest, **_named)
    open_anywhere('127.0.0.1', ENV.fetch('LOOPBACK_TLS_PORT').to_i)
  end
end
