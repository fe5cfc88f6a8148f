-- The last data and the FIN in one segment: its ACK is seq + len + 1.
-- RFC 9293 3.4: the FIN has the number behind the data.
-- Names: fin-with-data, close-four, time-wait
local server = kernel.listen{}
send{flags="S"}
expect{flags="SA", ack=x+1}
send{flags="A"}
local s = server.accept()
send{flags="FPA", data="goodbye"}
expect{flags="A", seq=y+1, ack=x+1+7+1}
kernel.is("CLOSE-WAIT")
assert(s.hear() == "goodbye" and s.hear() == "")
s.close()
expect{flags="FA", seq=y+1}
send{flags="A"}
kernel.is("CLOSED")
