# Writing to all who reported
reach-title = الكتابة إلى كل من أبلغ عن { $number }
reach-do-write = الكتابة إلى كل المبلّغين
reach-do-answer-all = الرد على الجميع
reach-how = تصل إلى كل منهم رسالة مستقلة ضمن مراسلات بلاغه، ولا يرى الآخرين.
reach-to = المستلمون
reach-none = لم يترك أحد ممن أبلغوا عنوانًا.
reach-none-how = اربط البلاغات بالحادثة أولًا.
reach-letter-how = إذا اخترت نموذج رسالة وتركت النص فارغًا وصل إلى كل منهم بلغته.
reach-preview = معاينة الرسالة إلى { $mail }
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
reach-take-how = يبقى ما كتبته، ويوضع نموذج الرسالة فوقه.
reach-letter-in = استعمال هذا النموذج في
