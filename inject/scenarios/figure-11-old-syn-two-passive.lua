-- Both ends only listen, and an old SYN arrives: a RST sends the one that answered back to LISTEN.
-- RFC 9293 3.5.1 figure 11, with the kernel as TCP Peer B, then as A.
-- Names: half-open-scan, rst-no-connection
local server, b = kernel.listen{}, peer()
send{flags="S"}                      -- (2) the old one
expect{flags="SA", ack=x+1}          -- (3)
kernel.is("SYN-RECEIVED")
send{flags="R", seq=x+1}             -- (4)
kernel.is("CLOSED")                  -- (5)
b.send{flags="SA", seq=300, ack=91}  -- (3) as A sees it
b.expect{flags="R", seq=91, ack=0}   -- (4)
