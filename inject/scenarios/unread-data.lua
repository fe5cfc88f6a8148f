-- close() while data is unread: a RST, and what the other end had sent is thrown away.
-- RFC 9293 3.6.1: TCP SHOULD send a RST to show that data was lost. RFC 2525 2.17 tells of those
-- that do not.
-- Names: handshake-complete, rst-unread-data, abortive-close
local server = kernel.listen{}
send{flags="S"}
expect{flags="SA", ack=x+1}
send{flags="A"}
local s = server.accept()
send{data="nobody reads this"}
expect{flags="A", ack=x+18}
s.close()
expect{flags="RA", seq=y+1, ack=x+18, len=0}
kernel.is("CLOSED")
