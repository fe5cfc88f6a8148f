-- An old segment in TIME-WAIT is answered with an ACK; our RST to that ACK ends TIME-WAIT.
-- RFC 1337 1: TIME-WAIT assassination. The end that has forgotten the connection does what
-- RFC 9293 3.5.2 asks of it: a RST to an ACK of nothing that it knows.
-- Names: time-wait, old-duplicate, time-wait-assassinated
local server = kernel.listen{}
send{flags="S"}
expect{flags="SA", ack=x+1}
send{flags="A"}
local s = server.accept()
send{data="hello"}
expect{flags="A", ack=x+6}
assert(s.hear() == "hello")
s.close()
expect{flags="FA", seq=y+1}
send{flags="FA"}
expect{flags="A", seq=y+2, ack=x+7}
kernel.is("TIME-WAIT")
send{data="hello", seq=x+1}
expect{flags="A", seq=y+2, ack=x+7}
send{flags="R", seq=x+7}
kernel.is("CLOSED")
send{data="hello", seq=x+1}
expect{flags="R", seq=y+2}
