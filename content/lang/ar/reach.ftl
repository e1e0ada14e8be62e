# Writing to all who reported
reach-title = الكتابة إلى كل من أبلغ عن { $number }
reach-do-write = الكتابة إلى كل المبلّغين
reach-do-answer-all = الرد على الجميع
reach-how = يصل إلى كل منهم بريد خاص به ضمن مراسلات بلاغه، ولا يرى الآخرين.
reach-to = إلى من
reach-none = لم يترك أحد ممن أبلغوا عنوانًا.
reach-none-how = اربطوا البلاغات بالحادثة أولًا.
reach-letter-how = إذا اخترتم خطابًا وتركتم النص فارغًا وصل إلى كل منهم بلغته.
reach-preview = كما سيصل إلى { $mail }
reach-refused = لا يُرسل إلى { $number }: { $why }.
reach-did = { $count ->
    [zero] لم تُرسل أي رسالة.
    [one] رسالة واحدة في طريقها أو تنتظر شخصًا ثانيًا.
    [two] رسالتان في طريقهما أو تنتظران شخصًا ثانيًا.
    [few] { $count } رسائل في طريقها أو تنتظر شخصًا ثانيًا.
    [many] { $count } رسالة في طريقها أو تنتظر شخصًا ثانيًا.
   *[other] { $count } رسالة في طريقها أو تنتظر شخصًا ثانيًا.
}
reach-did-some = كُتب: { $count }. لم يُكتب: { $refused }، وسبب أولها: { $why }.

# Letters
reach-take-how = يبقى ما كتبتموه، ويوضع الخطاب فوقه.
reach-letter-in = كتابته في
