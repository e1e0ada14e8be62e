# Files that go with a message
attach-title = الملفات المرفقة
attach-preview = الملفات المرفقة
attach-file = إضافة ملفات
attach-file-how = 20 ملفًا على الأكثر، حجمها معًا 7 ميغابايت. تبقى مختارة أعلاه إلى أن تُرسل الرسالة.
attach-theirs = ملفات هذا السجل
attach-mail = الرسالة الواردة من { $from } ملفًا
attach-export-observables-csv = المؤشرات جدولًا (CSV)
attach-export-observables-json = المؤشرات للبرامج (JSON)
attach-export-findings-csv = مكتشفات الحادثة جدولًا (CSV)
attach-export-findings-json = مكتشفات الحادثة للبرامج (JSON)
attach-export-report-pdf = تقرير الحادثة (PDF)
attach-inside = نص { $name }
