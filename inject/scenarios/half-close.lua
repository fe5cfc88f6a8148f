-- The server has closed its half, shutdown(SHUT_WR), and still hears what we say.
-- RFC 9293 3.6, Case 1: who closes goes on receiving until the other end closes too. Without
-- shutdown, by close(), Linux would answer our data with RST.
-- Names: half-close, close-four, time-wait
local server = kernel.listen{}
send{flags="S"}
expect{flags="SA", ack=x+1}
send{flags="A"}
local s = server.accept()
s.say("your turn")
expect{data="your turn"}
s.shutdown()
expect{flags="FA", seq=y+10}
send{flags="A"}
kernel.is("FIN-WAIT-2")
send{data="I go on"}
expect{flags="A", seq=y+11, ack=x+8}
assert(s.hear() == "I go on")
send{flags="FA"}
expect{flags="A", seq=y+11, ack=x+9}
assert(s.hear() == "")
kernel.is("TIME-WAIT")
