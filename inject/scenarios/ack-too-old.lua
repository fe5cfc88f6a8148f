-- An ACK older than any window was: a blind injection, answered with a challenge ACK.
-- RFC 5961 5.2: below SND.UNA - MAX.SND.WND. RFC 9293 3.10.7.4 took it over.
-- Names: handshake-complete, ack-too-old, challenge-ack
local server = kernel.listen{}
send{flags="S"}
expect{flags="SA", ack=x+1}
send{flags="A"}
local s = server.accept()
send{flags="A", ack=y-70000, forged=true}
expect{flags="A", seq=y+1, ack=x+1}
send{data="forged", ack=y-70000, forged=true}
silence(0.2) -- too soon for a second challenge, and not taken in
send{data="on"}
expect{flags="A", ack=x+3}
assert(s.hear() == "on")
