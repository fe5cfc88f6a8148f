-- Two RSTs in the window within half a second: only the first gets a challenge ACK.
-- RFC 5961 7 wants a limit. Linux has one for each socket (tcp_invalid_ratelimit, 500 ms) and one
-- for the host; after a pause it answers again.
-- Names: handshake-complete, rst-in-window, challenge-ack
local server = kernel.listen{}
send{flags="S"}
expect{flags="SA", ack=x+1}
send{flags="A"}
local s = server.accept()
send{flags="R", seq=x+100, forged=true}
expect{flags="A", seq=y+1, ack=x+1}
send{flags="R", seq=x+200, forged=true}
silence(0.3)
wait(0.4)
send{flags="R", seq=x+300, forged=true}
expect{flags="A", seq=y+1, ack=x+1}
kernel.is("ESTABLISHED")
