-- A RST with exactly the number that is expected next ends the connection.
-- RFC 9293 3.10.7.4 (RFC 5961 3.2): the only RST that does. The program reads ECONNRESET.
-- Names: handshake-complete, rst-exact, abortive-close
local server = kernel.listen{}
send{flags="S"}
expect{flags="SA", ack=x+1}
send{flags="A"}
local s = server.accept()
send{flags="R", seq=x+1}
kernel.is("CLOSED")
local text, why = s.hear()
assert(not text and why == "ECONNRESET", why)
silence(0.2)
