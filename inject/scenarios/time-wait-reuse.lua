-- A SYN with a number above the old ones ends TIME-WAIT: a new connection on the same ports.
-- RFC 9293 3.6.1, RFC 6191 2 allow it. Linux chooses the new ISN 65537 above the old SND.NXT, so
-- that nothing of the old connection fits.
-- Names: time-wait, reuse-legal, handshake-complete
local server = kernel.listen{}
send{flags="S"}
expect{flags="SA", ack=x+1}
send{flags="A"}
local s = server.accept()
s.close()
expect{flags="FA", seq=y+1}
send{flags="FA"}
expect{flags="A", seq=y+2, ack=x+2}
kernel.is("TIME-WAIT")
local old = y + 2
again(x + 3)
send{flags="S"}
expect{flags="SA", seq=old+65537, ack=x+1}
send{flags="A"}
assert(server.accept())
kernel.is("ESTABLISHED")
