-- A FIN that nobody answers comes again, after twice the time each time.
-- RFC 6298 5.5. Linux: again after 0.2, 0.4, 0.85 s, and so on; a socket that no program has any
-- more gives up after tcp_orphan_retries, here 8.
-- Names: fin-retransmitted, close-incomplete
local server = kernel.listen{}
send{flags="S"}
expect{flags="SA", ack=x+1}
send{flags="A"}
local s = server.accept()
s.close()
expect{flags="FA", seq=y+1}
expect{flags="FA", seq=y+1, after=0.19}
expect{flags="FA", seq=y+1, after=0.38}
expect{flags="FA", seq=y+1, after=0.76, within=2}
kernel.is("FIN-WAIT-1")
