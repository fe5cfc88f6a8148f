-- Data for an end that has forgotten the connection: its RST takes its number from the ack.
-- RFC 9293 3.5.1 figure 10, with the kernel as TCP Peer A, then as B. A has "crashed" when its own
-- RST (of an abort) got lost.
-- Names: handshake-complete, rst-no-connection, abortive-close
local server, b = kernel.listen{}, peer()
send{flags="S"}
expect{flags="SA", ack=x+1}
send{flags="A"}
server.accept().abort()
drop{flags="RA", seq=y+1, ack=x+1}   -- the crash
send{data="still there?", ack=y+1}   -- (2)
expect{flags="R", seq=y+1, ack=0}    -- (3)
b.send{flags="S"}
b.expect{flags="SA", ack=b.x+1}
b.send{flags="A"}
local s = server.accept()
s.say("still there?")                -- (2)
local got = b.expect{flags="A", seq=b.y+1, ack=b.x+1, len=12}
b.send{flags="R", seq=got.ack}       -- (3)
assert(select(2, s.hear()) == "ECONNRESET")
