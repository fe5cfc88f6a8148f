-- A RST outside the window, on either side of it: dropped without a word.
-- RFC 9293 3.5.3, 3.10.7.4.
-- Names: handshake-complete, rst-out-of-window, rst-ignored
local server = kernel.listen{}
send{flags="S"}
expect{flags="SA", ack=x+1}
send{flags="A"}
local s = server.accept()
send{flags="R", seq=x-100, forged=true}
silence(0.2)
send{flags="R", seq=x+100000, forged=true}
silence(0.2)
kernel.is("ESTABLISHED")
send{data="on"}
expect{flags="A", ack=x+3}
