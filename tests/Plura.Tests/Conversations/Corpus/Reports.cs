namespace Plura.Tests.Conversations;

/// <summary>What mail servers and mailbox providers write about a letter, in the shapes that they have in the wild. The letter's own head stands in each.</summary>
internal static class Reports
{
    public static byte[] Postfix(string head, string status = "5.1.1", string action = "failed", string said = "550 5.1.1 <ann@example.com>: Recipient address rejected: User unknown in virtual mailbox table") => Bytes($"""
        Return-Path: <>
        Received: by mx.people.example (Postfix) id 4F1C2
        From: MAILER-DAEMON@mx.people.example (Mail Delivery System)
        Subject: Undelivered Mail Returned to Sender
        To: somebody@inbox.test
        Auto-Submitted: auto-replied
        MIME-Version: 1.0
        Content-Type: multipart/report; report-type=delivery-status; boundary="4F1C2.1/mx"
        Message-Id: <{status}.{action}@mx.people.example>

        This is a MIME-encapsulated message.

        --4F1C2.1/mx
        Content-Description: Notification
        Content-Type: text/plain; charset=us-ascii

        This is the mail system at host mx.people.example.

        I'm sorry to have to inform you that your message could not
        be delivered to one or more recipients.

        --4F1C2.1/mx
        Content-Description: Delivery report
        Content-Type: message/delivery-status

        Reporting-MTA: dns; mx.people.example
        X-Postfix-Queue-ID: 4F1C2
        Arrival-Date: Mon,  2 Nov 2026 09:00:00 +0000 (UTC)

        Final-Recipient: rfc822; ann@example.com
        Original-Recipient: rfc822;ann@example.com
        Action: {action}
        Status: {status}
        Remote-MTA: dns; mail.example.com
        Diagnostic-Code: smtp; {said}

        --4F1C2.1/mx
        Content-Description: Undelivered Message Headers
        Content-Type: text/rfc822-headers

        {head}

        --4F1C2.1/mx--

        """);

    /// <summary>The whole letter comes along, and the code of the address has two digits.</summary>
    public static byte[] Exchange(string head) => Bytes($"""
        From: Microsoft Outlook <MicrosoftExchange329e71ec88ae4615bbc36ab6ce41109e@people.example>
        To: <somebody@inbox.test>
        Date: Mon, 2 Nov 2026 09:00:00 +0000
        Content-Type: multipart/report; report-type=delivery-status; boundary="ex"
        X-MS-Exchange-Message-Is-Ndr:
        Message-ID: <ndr@people.example>
        Subject: Undeliverable: Offer
        Auto-Submitted: auto-replied
        MIME-Version: 1.0

        --ex
        Content-Type: multipart/alternative; differences=Content-Type; boundary="ex2"

        --ex2
        Content-Type: text/plain; charset="us-ascii"

        Delivery has failed to these recipients or groups.
        --ex2
        Content-Type: text/html; charset="us-ascii"

        <p>Delivery has failed</p>
        --ex2--
        --ex
        Content-Type: message/delivery-status

        Reporting-MTA: dns;mail.people.example
        Received-From-MTA: dns;mx.here.example

        Original-recipient: rfc822;ann@example.com
        Final-recipient: rfc822;ann@example.com
        Action: failed
        Status: 5.1.10
        Diagnostic-code: smtp;550 5.1.10 RESOLVER.ADR.RecipientNotFound; Recipient ann@example.com not found by SMTP address lookup

        --ex
        Content-Type: message/rfc822

        {head}

        Hi
        --ex--

        """);

    /// <summary>The status is general; only what the other server said tells more.</summary>
    public static byte[] Gmail(string head) => Bytes($"""
        Return-Path: <>
        From: Mail Delivery Subsystem <mailer-daemon@bigmail.example>
        To: somebody@inbox.test
        Auto-Submitted: auto-replied
        Subject: Delivery Status Notification (Failure)
        References: <x@here.example>
        Message-ID: <gm@bigmail.example>
        MIME-Version: 1.0
        Content-Type: multipart/report; boundary="g"; report-type=delivery-status

        --g
        Content-Type: multipart/related; boundary="g2"

        --g2
        Content-Type: text/html; charset="UTF-8"

        <p>Address not found</p>
        --g2
        Content-Type: image/png; name="icon.png"
        Content-Disposition: attachment; filename="icon.png"
        Content-Transfer-Encoding: base64

        iVBORw0KGgo=
        --g2--
        --g
        Content-Type: message/delivery-status

        Reporting-MTA: dns; bigmail.example
        X-Original-Message-ID: <x@here.example>

        Final-Recipient: rfc822; ann@example.com
        Action: failed
        Status: 5.0.0
        Diagnostic-Code: smtp; 550-5.1.1 The email account that you tried to reach does not exist. Please try 5.1.1 double-checking the recipient's email address

        --g
        Content-Type: message/rfc822

        {head}

        --g--

        """);

    /// <summary>No report at all: words, and a copy of the letter behind a line.</summary>
    public static byte[] Qmail(string head, string said = "Sorry, no mailbox here by that name. (#5.1.1)") => Bytes($"""
        Return-Path: <>
        From: MAILER-DAEMON@old.example
        To: somebody@inbox.test
        Subject: failure notice
        Message-ID: <qmail{said.Length}@old.example>

        Hi. This is the qmail-send program at old.example.
        I'm afraid I wasn't able to deliver your message to the following addresses.
        This is a permanent error; I've given up. Sorry it didn't work out.

        <ann@example.com>:
        {said}

        --- Below this line is a copy of the message.

        {head}

        Hi

        """);

    public static byte[] Exim(string head) => Bytes($"""
        Return-path: <>
        X-Failed-Recipients: ann@example.com
        Auto-Submitted: auto-replied
        From: Mail Delivery System <Mailer-Daemon@exim.example>
        To: somebody@inbox.test
        Subject: Mail delivery failed: returning message to sender
        Message-Id: <exim@exim.example>

        This message was created automatically by mail delivery software.

        A message that you sent could not be delivered to one or more of its
        recipients. This is a permanent error. The following address(es) failed:

          ann@example.com
            host mail.example.com [192.0.2.1]
            SMTP error from remote mail server after RCPT TO:<ann@example.com>:
            550 5.1.1 User unknown

        ------ This is a copy of the message, including all the headers. ------

        {head}

        Hi

        """);

    public static byte[] DelayInWords() => Bytes("""
        Return-Path: <>
        From: Mail Delivery Subsystem <MAILER-DAEMON@sendmail.example>
        To: somebody@inbox.test
        Subject: Warning: could not send message for past 4 hours
        Message-ID: <warning@sendmail.example>

            **********************************************
            **      THIS IS A WARNING MESSAGE ONLY      **
            **  YOU DO NOT NEED TO RESEND YOUR MESSAGE  **
            **********************************************

           ----- Transcript of session follows -----
        <ann@example.com>... Deferred: Connection timed out with mail.example.com.
        Warning: message still undelivered after 4 hours
        Will keep trying until message is 5 days old

        """);

    public static byte[] Complaint(string head, string type = "abuse", string fields = "Original-Rcpt-To: <ann@example.com>") => Bytes($"""
        From: feedback@bigmail.example
        To: fbl@inbox.test
        Subject: FW: Offer
        Message-ID: <arf-{type}@bigmail.example>
        MIME-Version: 1.0
        Content-Type: multipart/report; report-type=feedback-report; boundary="arf"

        --arf
        Content-Type: text/plain; charset="US-ASCII"

        This is an email abuse report for an email message received from IP 192.0.2.1.
        --arf
        Content-Type: message/feedback-report

        Feedback-Type: {type}
        User-Agent: BigMail-FBL/2.1
        Version: 1
        {fields}
        Source-IP: 192.0.2.1

        --arf
        Content-Type: message/rfc822

        {head}

        Hi
        --arf--

        """);

    public static byte[] Unknown() => Bytes("""
        From: reports@bigmail.example
        To: somebody@inbox.test
        Subject: A report of a kind of its own
        Message-ID: <unknown@bigmail.example>
        MIME-Version: 1.0
        Content-Type: multipart/report; report-type=moon-phase; boundary="m"

        --m
        Content-Type: text/plain

        Full.
        --m
        Content-Type: message/moon-phase

        Phase: full
        --m--

        """);

    internal static byte[] Bytes(string text) => System.Text.Encoding.Latin1.GetBytes(text.ReplaceLineEndings("\r\n"));
}
