-- Old data meet TIME-WAIT, and so do new ones: each time the last ACK again, and nothing changes.
-- RFC 9293 3.10.7.4 (first check, seventh step). New ones can only be forged: our FIN was the end.
-- Names: time-wait, old-duplicate, data-after-fin
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
send{data="more", seq=x+7}
expect{flags="A", seq=y+2, ack=x+7}
kernel.is("TIME-WAIT")
