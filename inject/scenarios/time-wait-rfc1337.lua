-- With the sysctl tcp_rfc1337 a RST in TIME-WAIT is ignored: nobody assassinates it.
-- RFC 1337 3, fix (F1). Up to the RST the packets are those of time-wait-assassination; what comes
-- then, the last ACK again, says that the RST was ignored.
-- Names: time-wait, old-duplicate, rst-ignored
kernel.sysctl("net/ipv4/tcp_rfc1337", "1")
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
send{flags="R", seq=x+7}
wait(0.1)
kernel.is("TIME-WAIT")
send{data="hello", seq=x+1}
expect{flags="A", seq=y+2, ack=x+7}
