-- A FIN that overtakes data: the server stays ESTABLISHED until the gap is filled.
-- RFC 9293 3.10.7.4. The answers are the old ACK (with SACK, where that was agreed on), and, once
-- the data are there, one ACK of both.
-- Names: fin-out-of-order, close-four, time-wait
local server = kernel.listen{}
send{flags="S", opt="mss=1460,sackok"}
expect{flags="SA", ack=x+1}
send{flags="A"}
local s = server.accept()
send{flags="FA", seq=x+6}
local sack = expect{flags="A", ack=x+1}.options
assert(#sack == 12 and sack:byte(3) == 5)
kernel.is("ESTABLISHED")
send{data="hello", seq=x+1}
expect{flags="A", ack=x+7}
kernel.is("CLOSE-WAIT")
assert(s.hear() == "hello" and s.hear() == "")
s.close()
expect{flags="FA", seq=y+1}
send{flags="A"}
kernel.is("CLOSED")
