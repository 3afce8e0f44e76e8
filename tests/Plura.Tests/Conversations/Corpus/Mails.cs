using System.Text;

namespace Plura.Tests.Conversations;

/// <param name="Expected">Words that must stand in what was understood; null where nothing is to be read in it.</param>
/// <param name="Files">How the names of what came along read, with a bar between.</param>
internal sealed record CorpusMail(string Name, byte[] Source, string? Expected = null, string Files = "")
{
    /// <summary>Their mail program wrote it by itself.</summary>
    public bool Automatic { get; init; }
}

/// <summary>Mails as they come in the wild, well-formed and otherwise. All are made here.</summary>
internal static class Mails
{
    private const string Russian = "Здравствуйте! Подскажите, пожалуйста, работает ли ваш магазин в воскресенье и можно ли заказать торт на следующую неделю. Заранее большое спасибо за ответ.";
    private const string Japanese = "こんにちは。日曜日は営業していますか。来週のケーキを注文したいのですが、可能でしょうか。よろしくお願いいたします。";
    private const string Chinese = "你好，请问你们星期天营业吗？我想订一个下周的蛋糕。谢谢。";

    public static IReadOnlyList<CorpusMail> All()
    {
        Encoding.RegisterProvider(CodePagesEncodingProvider.Instance);
        return [.. Shapes(), .. Alphabets(), .. ByThemselves()];
    }

    public static string Head(string name, string type = "text/plain; charset=utf-8", string more = "") =>
        $"From: Ann Miller <ann@corpus.example>\r\nTo: somebody@inbox.test\r\nSubject: {name}\r\nMessage-ID: <{name}@corpus.example>\r\nDate: Mon, 2 Nov 2026 09:00:00 +0000\r\nMIME-Version: 1.0\r\nContent-Type: {type}\r\n{more}";

    public static CorpusMail Mail(string name, string text, string? expected, string files = "") => new(name, Encoding.UTF8.GetBytes(text), expected, files);

    private static IEnumerable<CorpusMail> Shapes()
    {
        const string alternative = "--b\r\nContent-Type: text/plain; charset=utf-8\r\n\r\nIn words\r\n--b\r\nContent-Type: text/html; charset=utf-8\r\n\r\n<p>In <b>HTML</b></p>\r\n";
        yield return Mail("alternative", Head("alternative", "multipart/alternative; boundary=b") + "\r\n" + alternative + "--b--\r\n", "In words");
        yield return Mail("mixed", Head("mixed", "multipart/mixed; boundary=b") + "\r\n--b\r\nContent-Type: text/plain\r\n\r\nSee the file\r\n--b\r\nContent-Type: application/pdf; name=plan.pdf\r\nContent-Disposition: attachment; filename=plan.pdf\r\nContent-Transfer-Encoding: base64\r\n\r\nJVBERg==\r\n--b--\r\n", "See the file", "plan.pdf");
        yield return Mail("picture-between", Head("picture-between", "multipart/mixed; boundary=b") + "\r\n--b\r\nContent-Type: text/plain\r\n\r\nBefore it\r\n--b\r\nContent-Type: image/png\r\nContent-Disposition: inline; filename=a.png\r\nContent-Transfer-Encoding: base64\r\n\r\niVBORw==\r\n--b\r\nContent-Type: text/plain\r\n\r\nAfter it\r\n--b--\r\n", "After it");
        yield return Mail("related", Head("related", "multipart/related; boundary=b") + "\r\n--b\r\nContent-Type: text/html\r\n\r\n<p>A picture <img src=\"cid:p\"></p>\r\n--b\r\nContent-Type: image/gif\r\nContent-ID: <p>\r\nContent-Transfer-Encoding: base64\r\n\r\nR0lG\r\n--b--\r\n", "A picture");
        yield return Mail("html-only", Head("html-only", "text/html; charset=utf-8") + "\r\n<p>Only <i>HTML</i></p>", "Only HTML");
        yield return Mail("flowed", Head("flowed", "text/plain; charset=utf-8; format=flowed; delsp=yes") + "\r\nIt flows \r\non and on", "It flows");
        yield return Mail("quoted-printable", Head("quoted-printable", more: "Content-Transfer-Encoding: quoted-printable\r\n") + "\r\nGr=C3=BC=C3=9Fe aus K=C3=B6ln, 100=25 =\r\necht", "Grüße aus Köln, 100% echt");
        yield return Mail("broken-quoted-printable", Head("broken-quoted-printable", more: "Content-Transfer-Encoding: quoted-printable\r\n") + "\r\nStill =ZZ readable =", "readable");
        yield return Mail("broken-base64", Head("broken-base64", more: "Content-Transfer-Encoding: base64\r\n") + "\r\nSGVsbG8gdGhlcmU=!!!§§\r\n====", "Hello there");
        yield return Mail("unknown-transfer-encoding", Head("unknown-transfer-encoding", more: "Content-Transfer-Encoding: rot13\r\n") + "\r\nUryyb", "Uryyb");
        yield return new("winmail", Tnef("winmail", TnefFile.Write("Out of Outlook", "order.xlsx", [1, 2, 3])), "Out of Outlook", "order.xlsx");
        yield return new("winmail-cut-short", Tnef("winmail-cut-short", TnefFile.Write("Out of Outlook", "order.xlsx", [1, 2, 3])[..40]));
        yield return new("winmail-of-nonsense", Tnef("winmail-of-nonsense", [.. Enumerable.Range(0, 300).Select(n => (byte)((n * 7) & 0xFF))]));
        yield return Mail("invitation", Head("invitation", "multipart/alternative; boundary=b") + "\r\n" + alternative + "--b\r\nContent-Type: text/calendar; method=REQUEST; charset=utf-8\r\n\r\nBEGIN:VCALENDAR\r\nEND:VCALENDAR\r\n--b--\r\n", "In words", "an invitation.ics");
        yield return Mail("invitation-alone", Head("invitation-alone", "text/calendar; method=REQUEST; name=meet.ics") + "\r\nBEGIN:VCALENDAR\r\nEND:VCALENDAR\r\n", null, "meet.ics");
        yield return Mail("forwarded", Head("forwarded", "multipart/mixed; boundary=b") + "\r\n--b\r\nContent-Type: text/plain\r\n\r\nLook at this\r\n--b\r\nContent-Type: message/rfc822\r\n\r\nFrom: ben@corpus.example\r\nSubject: The inner one\r\n\r\nInner words\r\n--b--\r\n", "Look at this", "the mail “The inner one”.eml");
        yield return Mail("forwarded-alone", Head("forwarded-alone", "message/rfc822") + "\r\nFrom: ben@corpus.example\r\nSubject: The inner one\r\n\r\nInner words\r\n", null, "the mail “The inner one”.eml");
        yield return Mail("mail-in-mail-in-mail", Head("mail-in-mail-in-mail", "message/rfc822") + "\r\n" + string.Concat(Enumerable.Repeat("Subject: deeper\r\nContent-Type: message/rfc822\r\n\r\n", 3_000)) + "Subject: bottom\r\n\r\nHere", null, "the mail “deeper”.eml");
        yield return Mail("parts-in-parts", Head("parts-in-parts", "multipart/mixed; boundary=b0") + "\r\n" + string.Concat(Enumerable.Range(0, 2_000).Select(n => $"--b{n}\r\nContent-Type: multipart/mixed; boundary=b{n + 1}\r\n\r\n")) + "--b2000\r\n\r\nDown here\r\n", null);
        yield return Mail("many-parts", Head("many-parts", "multipart/mixed; boundary=b") + "\r\n--b\r\n\r\nFirst words\r\n" + string.Concat(Enumerable.Repeat("--b\r\nContent-Type: application/octet-stream\r\n\r\nx\r\n", 20_000)) + "--b--\r\n", "First words");
        yield return Mail("no-last-boundary", Head("no-last-boundary", "multipart/mixed; boundary=b") + "\r\n--b\r\nContent-Type: text/plain\r\n\r\nNever ended", "Never ended");
        yield return Mail("no-boundary-at-all", Head("no-boundary-at-all", "multipart/mixed") + "\r\nNo parts here", null);
        yield return Mail("boundary-that-never-comes", Head("boundary-that-never-comes", "multipart/alternative; boundary=zzz") + "\r\nOnly a preamble\r\n", null);
        yield return Mail("head-only", Head("head-only").TrimEnd(), null);
        yield return Mail("no-words", Head("no-words") + "\r\n", null);
        yield return Mail("line-feeds-only", (Head("line-feeds-only") + "\r\nBy line feeds").Replace("\r\n", "\n", StringComparison.Ordinal), "By line feeds");
        yield return Mail("mbox-line", "From ann@corpus.example Mon Nov  2 09:00:00 2026\r\n" + Head("mbox-line") + "\r\nOut of an mbox", "Out of an mbox");
        yield return Mail("nul-in-words", Head("nul-in-words") + "\r\nBefore\0after", "Beforeafter");
        yield return Mail("nul-in-head", Head("nul-in-head", more: "X-Odd: a\0b\r\n") + "\r\nStill here", "Still here");
        yield return Mail("many-headers", Head("many-headers", more: string.Concat(Enumerable.Range(0, 100_000).Select(n => $"X-Number-{n}: {n}\r\n"))) + "\r\nBelow them", "Below them");
        yield return Mail("long-header", Head("long-header", more: $"X-Long: {new string('x', 1_000_000)}\r\n") + "\r\nBelow it", "Below it");
        yield return Mail("no-colons", Head("no-colons", more: "this is no header\r\n") + "\r\nAll the same", null);
        yield return Mail("two-of-each", Head("two-of-each") + "Subject: another\r\nFrom: ben@corpus.example\r\n\r\nTwice", "Twice");
        yield return Mail("date-of-nonsense", Head("date-of-nonsense").Replace("Mon, 2 Nov 2026 09:00:00 +0000", "the day after tomorrow", StringComparison.Ordinal) + "\r\nWhenever", "Whenever");
        yield return Mail("signed", Head("signed", "multipart/signed; protocol=\"application/pkcs7-signature\"; micalg=sha-256; boundary=b") + "\r\n--b\r\nContent-Type: text/plain\r\n\r\nSigned words\r\n--b\r\nContent-Type: application/pkcs7-signature; name=smime.p7s\r\nContent-Disposition: attachment; filename=smime.p7s\r\nContent-Transfer-Encoding: base64\r\n\r\nAAAA\r\n--b--\r\n", "Signed words", "smime.p7s");
        yield return Mail("encrypted", Head("encrypted", "multipart/encrypted; protocol=\"application/pgp-encrypted\"; boundary=b") + "\r\n--b\r\nContent-Type: application/pgp-encrypted\r\n\r\nVersion: 1\r\n--b\r\nContent-Type: application/octet-stream; name=encrypted.asc\r\nContent-Disposition: attachment; filename=encrypted.asc\r\n\r\n-----BEGIN PGP MESSAGE-----\r\n--b--\r\n", null, "encrypted.asc");
        yield return Mail("newsletter", Head("newsletter", more: "List-Id: <news.corpus.example>\r\nPrecedence: bulk\r\n") + "\r\nNews of the week", "News of the week");
        yield return Mail("emoji", Head("emoji") + "\r\nSee you 🎂👩‍👩‍👧", "See you 🎂");
        yield return new("halves-of-letters", [.. Encoding.ASCII.GetBytes(Head("halves-of-letters") + "\r\nHalf "), 0xED, 0xA0, 0xBD, (byte)' ', 0xF0, 0x9F], "Half");
    }

    private static IEnumerable<CorpusMail> Alphabets()
    {
        foreach (var (charset, text) in ((string, string)[])[("shift_jis", Japanese), ("iso-2022-jp", Japanese), ("euc-jp", Japanese), ("gb18030", Chinese), ("big5", "你好，請問星期天營業嗎"), ("koi8-r", Russian), ("windows-1251", Russian), ("iso-8859-1", "Grüße aus Köln"), ("utf-16", "Grüße"), ("iso-8859-8-i", "שלום"), ("euc-kr", "안녕하세요")])
            yield return new("labelled-" + charset, [.. Encoding.ASCII.GetBytes(Head("labelled-" + charset, $"text/plain; charset={charset}", "Content-Transfer-Encoding: base64\r\n") + "\r\n" + Convert.ToBase64String(Encoding.GetEncoding(charset == "iso-8859-8-i" ? "iso-8859-8" : charset).GetBytes(text)))], text);
        foreach (var (name, charset, text) in ((string, string, string)[])[("no-label-koi8-r", "koi8-r", Russian), ("no-label-shift_jis", "shift_jis", Japanese), ("no-label-utf-8", "utf-8", "Grüße aus Köln"), ("no-label-gb18030", "gb18030", Chinese + Chinese)])
            yield return new(name, [.. Encoding.ASCII.GetBytes(Head(name, "text/plain", "Content-Transfer-Encoding: 8bit\r\n") + "\r\n"), .. Encoding.GetEncoding(charset).GetBytes(text)], text);
        yield return new("wrong-label", [.. Encoding.ASCII.GetBytes(Head("wrong-label", "text/plain; charset=iso-8859-1", "Content-Transfer-Encoding: 8bit\r\n") + "\r\n"), .. Encoding.UTF8.GetBytes("Grüße aus Köln")], "Grüße aus Köln");
        yield return new("wrong-the-other-way", [.. Encoding.ASCII.GetBytes(Head("wrong-the-other-way", "text/plain; charset=utf-8", "Content-Transfer-Encoding: 8bit\r\n") + "\r\n"), .. Encoding.Latin1.GetBytes("Gr\u00fc\u00dfe")], "Gr");
        yield return new("label-that-nobody-knows", [.. Encoding.ASCII.GetBytes(Head("label-that-nobody-knows", "text/plain; charset=x-klingon", "Content-Transfer-Encoding: 8bit\r\n") + "\r\nQapla "), 0xFF], "Qapla");
        yield return new("raw-subject", [.. Encoding.UTF8.GetBytes(Head("raw-subject").Replace("Subject: raw-subject", "Subject: Grüße", StringComparison.Ordinal) + "\r\nA subject as it is")], "A subject as it is");
        yield return Mail("broken-encoded-words", Head("broken-encoded-words").Replace("Subject: broken-encoded-words", "Subject: =?utf-8?B?w=?= =?gb18030?Q?=C4=E3?= =?nothing?X?y?=", StringComparison.Ordinal) + "\r\nBelow it", "Below it");
    }

    private static IEnumerable<CorpusMail> ByThemselves()
    {
        yield return Mail("vacation", Head("vacation", more: "Auto-Submitted: auto-replied (vacation)\r\nIn-Reply-To: <x@here.example>\r\n") + "\r\nI am away", "I am away") with { Automatic = true };
        yield return Mail("out-of-office", Head("out-of-office", more: "Return-Path: <>\r\nAuto-Submitted: auto-generated\r\nX-Auto-Response-Suppress: All\r\nIn-Reply-To: <x@here.example>\r\n") + "\r\nI am not in the office", "I am not in the office") with { Automatic = true };
        yield return Mail("old-autoreply", Head("old-autoreply", more: "X-Autoreply: yes\r\nPrecedence: auto_reply\r\n") + "\r\nBack on Monday", "Back on Monday") with { Automatic = true };
        yield return Mail("read-receipt", Head("read-receipt", "multipart/report; report-type=disposition-notification; boundary=b") + "\r\n--b\r\nContent-Type: text/plain\r\n\r\nYour message was displayed\r\n--b\r\nContent-Type: message/disposition-notification\r\n\r\nFinal-Recipient: rfc822; ann@corpus.example\r\nDisposition: manual-action/MDN-sent-manually; displayed\r\n\r\n--b--\r\n", "Your message was displayed") with { Automatic = true };
        yield return Mail("looks-like-a-bounce", Head("looks-like-a-bounce", more: "Return-Path: <>\r\n") + "\r\nWe could not deliver your parcel: undeliverable", "undeliverable");
        yield return Mail("notice-of-a-service", Head("notice-of-a-service", more: "Auto-Submitted: auto-generated\r\n") + "\r\nYour parcel is on its way", "Your parcel is on its way");
    }

    private static byte[] Tnef(string name, byte[] file) => Encoding.ASCII.GetBytes(Head(name, "multipart/mixed; boundary=b") + "\r\n--b\r\nContent-Type: application/ms-tnef; name=winmail.dat\r\nContent-Disposition: attachment; filename=winmail.dat\r\nContent-Transfer-Encoding: base64\r\n\r\n" + Convert.ToBase64String(file, Base64FormattingOptions.InsertLineBreaks) + "\r\n--b--\r\n");
}
