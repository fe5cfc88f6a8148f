-- We have closed our half, and the server goes on: CLOSE-WAIT is a state in which it may talk.
-- RFC 9293 3.6, Case 2. As a client that says all it has to say, closes, and awaits the answer.
-- Names: half-close, close-four, time-wait
local server = kernel.listen{}
send{flags="S"}
expect{flags="SA", ack=x+1}
send{flags="A"}
local s = server.accept()
send{data="question"}
expect{flags="A", ack=x+9}
send{flags="FA"}
expect{flags="A", ack=x+10}
assert(s.hear() == "question" and s.hear() == "")
kernel.is("CLOSE-WAIT")
for _, word in ipairs{"a", "long", "answer"} do
  s.say(word)
  expect{data=word, ack=x+10}
  send{flags="A"}
end
s.close()
expect{flags="FA", seq=y+12, ack=x+10}
send{flags="A"}
kernel.is("CLOSED")
