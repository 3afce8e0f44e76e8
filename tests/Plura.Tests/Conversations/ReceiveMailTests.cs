using System.Text;
using Microsoft.Extensions.DependencyInjection;
using Plura.Conversations;
using Plura.Tests.Contacts;

namespace Plura.Tests.Conversations;

public sealed class ReceiveMailTests(PluraApp app)
{
    [Fact]
    public async Task A_stranger_becomes_a_contact_whose_conversation_nobody_has_read()
    {
        var account = await app.NewAccount();
        var taken = await app.Receive(account, "Nora Newcomer <Nora@people.example>", "Do you open on Sunday?", "Opening hours");
        var conversation = (await account.Conversation(taken.ConversationId))!;
        Assert.Equal(("Nora Newcomer", "open", true, "Opening hours", "Do you open on Sunday?"), (conversation.Name, conversation.State, conversation.Unread, conversation.Subject, conversation.Preview));
        Assert.Equal("nora@people.example", (await account.Contact(conversation.Contact))!.Email);
        Assert.Equal(["Nora Newcomer"], await account.Listed("unassigned"));
    }

    [Fact]
    public async Task Somebody_known_goes_on_in_their_conversation_and_opens_it_again()
    {
        var account = await app.NewAccount();
        var ann = await account.Create("Ann", "Miller", email: "ann@people.example");
        var first = await app.Receive(account, "ann@people.example", "One");
        Assert.Null((await account.Close(first.ConversationId)).Refusal);
        Assert.Empty(await account.Listed("open"));
        var second = await app.Receive(account, "Somebody Else <ANN@people.example>", "Two");
        Assert.Equal((first.ConversationId, ann), (second.ConversationId, (await account.Conversation(first.ConversationId))!.Contact));
        var conversation = (await account.Conversation(first.ConversationId))!;
        Assert.Equal(("open", true, "Ann Miller", "Two"), (conversation.State, conversation.Unread, conversation.Name, conversation.Preview));
        Assert.Equal(["Two", "One"], (await account.Thread(first.ConversationId)).Select(m => m.Text));
    }

    [Fact]
    public async Task What_is_delivered_twice_is_taken_once_also_at_the_same_moment()
    {
        var account = await app.NewAccount();
        var letter = InboxDesk.Letter("ann@people.example", "Once", id: "once@people.example");
        var all = await Task.WhenAll(Enumerable.Range(0, 5).Select(_ => app.TryReceive(account.Inbox(), letter)));
        Assert.All(all, taken => Assert.Null(taken.Refusal));
        Assert.Single(all.Select(taken => taken.Value.MessageId).Distinct());
        Assert.Equal(4, all.Count(taken => taken.Value.Repeated));
        Assert.Equal((1L, 1L, 1L), (await account.Ask<long>("select count(*) from conversations.message"), await account.Ask<long>("select count(*) from conversations.conversation"), await account.Ask<long>("select count(*) from contacts.contact")));
        // The same id in another account is another letter.
        var other = await app.NewAccount("Next Door");
        Assert.False((await app.TryReceive(other.Inbox(), letter)).Value.Repeated);
    }

    [Fact]
    public async Task Two_letters_of_a_stranger_at_once_stand_in_one_conversation()
    {
        var account = await app.NewAccount();
        var both = await Task.WhenAll(Enumerable.Range(0, 4).Select(n => app.TryReceive(account.Inbox(), InboxDesk.Letter("ann@people.example", $"Letter {n}"))));
        Assert.All(both, taken => Assert.Null(taken.Refusal));
        Assert.Single(both.Select(taken => taken.Value.ConversationId).Distinct());
        Assert.Equal(4, (await account.Thread(both[0].Value.ConversationId)).Count);
    }

    [Fact]
    public async Task An_address_that_nobody_has_and_what_is_no_letter_are_refused_by_name()
    {
        var account = await app.NewAccount();
        var letter = InboxDesk.Letter("ann@people.example", "Hello");
        Assert.Equal("mail.no_account", (await app.TryReceive("nobody-here@inbox.test", letter)).Refusal?.Code);
        Assert.Equal("mail.no_account", (await app.TryReceive($"{account.Slug}@elsewhere.example", letter)).Refusal?.Code);
        Assert.Null((await app.TryReceive($"{account.Slug}+shop@INBOX.test", letter)).Refusal);
        Assert.Equal("mail.unreadable", (await app.TryReceive(account.Inbox(), [])).Refusal?.Code);
        Assert.Equal("mail.unreadable", (await app.TryReceive(account.Inbox(), [0, 1, 2, 255, 254])).Refusal?.Code);
        Assert.Equal("mail.unreadable", (await app.TryReceive(account.Inbox(), "Subject: nobody\r\n\r\nHello"u8.ToArray())).Refusal?.Code);
        Assert.Equal("mail.too_large", (await app.TryReceive(account.Inbox(), new byte[ReceiveMail.Largest + 1])).Refusal?.Code);
        var report = "From: MAILER-DAEMON@people.example\r\nMessage-ID: <r@people.example>\r\nMIME-Version: 1.0\r\nContent-Type: multipart/report; report-type=delivery-status; boundary=b\r\n\r\n--b\r\nContent-Type: text/plain\r\n\r\nIt came back.\r\n--b--\r\n";
        Assert.Equal("mail.unknown_report", (await app.TryReceive(account.Inbox(), Encoding.ASCII.GetBytes(report))).Refusal?.Code);
        Assert.Equal(1L, await account.Ask<long>("select count(*) from conversations.message"));
    }

    [Fact]
    public async Task Hostile_pages_are_read_as_text_and_shown_without_anything_that_runs()
    {
        var account = await app.NewAccount();
        const string html = "<html><head><title>x</title><style>p{color:red}</style></head><body onload=\"steal()\"><script>steal()</script><p>Hello <b>there</b></p><img src=\"https://spy.example/p.gif\" onerror=\"steal()\"><a href=\"javascript:steal()\">win</a><form action=\"https://spy.example\"><input name=a></form><iframe src=\"https://spy.example\"></iframe><p>Bye {{ contact.email }}</p></body></html>";
        var taken = await app.TryReceive(account.Inbox(), InboxDesk.Letter("eve@people.example", html, type: "text/html; charset=utf-8"));
        var message = Assert.Single(await account.Thread(taken.Value.ConversationId));
        Assert.Equal("Hello there\nwin\nBye {{ contact.email }}", message.Text);
        Assert.True(message.HasHtml);
        var browser = await account.SignIn();
        using var page = await browser.Send(HttpMethod.Get, account.Page($"conversations/{taken.Value.ConversationId}/messages/{message.Id}/html"));
        var shown = await page.Content.ReadAsStringAsync();
        foreach (var bad in (string[])["script", "steal", "onload", "onerror", "<form", "<iframe", "javascript:"])
            Assert.DoesNotContain(bad, shown, StringComparison.OrdinalIgnoreCase);
        var policy = string.Join(' ', page.Headers.GetValues("Content-Security-Policy"));
        Assert.StartsWith("default-src 'none'; img-src data:;", policy, StringComparison.Ordinal);
        var thread = await browser.Get(account.Page($"conversations/{taken.Value.ConversationId}"));
        Assert.Contains("Hello there", thread.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("steal", thread.Html, StringComparison.Ordinal);
        Assert.NotNull(thread.Find("iframe[sandbox]").GetAttribute("src"));
    }

    [Fact]
    public async Task What_is_very_deep_or_very_long_is_taken_as_text_and_cut()
    {
        var account = await app.NewAccount();
        var deep = string.Concat(Enumerable.Repeat("<div>", 30_000)) + "Down here";
        var message = Assert.Single(await account.Thread((await app.TryReceive(account.Inbox(), InboxDesk.Letter("ann@people.example", deep, type: "text/html; charset=utf-8"))).Value.ConversationId));
        Assert.Equal(("Down here", false), (message.Text, message.HasHtml));
        var longer = await account.Thread((await app.Receive(account, "ben@people.example", string.Join("\r\n", Enumerable.Repeat(new string('x', 70), 20_000)))).ConversationId);
        Assert.True(longer[0].Cut);
        Assert.Equal(MessageText.Longest, longer[0].Text!.Length);
    }

    [Fact]
    public async Task Letters_of_other_alphabets_are_read_as_they_were_written()
    {
        var account = await app.NewAccount();
        byte[] Mail(string charset, byte[] body, string subject) => [.. Encoding.ASCII.GetBytes($"From: ann@people.example\r\nSubject: {subject}\r\nMessage-ID: <{charset}@people.example>\r\nMIME-Version: 1.0\r\nContent-Type: text/plain; charset={charset}\r\nContent-Transfer-Encoding: 8bit\r\n\r\n"), .. body];
        var latin = await app.TryReceive(account.Inbox(), Mail("iso-8859-1", Encoding.Latin1.GetBytes("Grüße aus Köln"), "=?iso-8859-1?Q?Gr=FC=DFe?="));
        var id = latin.Value.ConversationId;
        Assert.Equal(("Grüße", "Grüße aus Köln"), ((await account.Thread(id))[0].Subject, (await account.Thread(id))[0].Text));
        await app.TryReceive(account.Inbox(), Mail("windows-1251", [0xCF, 0xF0, 0xE8, 0xE2, 0xE5, 0xF2], "=?utf-8?B?0J/RgNC40LLQtdGC?="));
        Assert.Equal(("Привет", "Привет"), ((await account.Thread(id))[0].Subject, (await account.Thread(id))[0].Text));
        Assert.Null((await app.TryReceive(account.Inbox(), Mail("no-such-charset", [0xFF, 0x41], "Odd"))).Refusal);
    }

    [Fact]
    public async Task The_list_shows_their_own_words_and_the_thread_folds_the_quote()
    {
        var account = await app.NewAccount();
        var taken = await app.Receive(account, "ann@people.example", "Thursday suits me.\r\n\r\nOn Mon, 2 Nov 2026 at 09:00, Corner Bakery wrote:\r\n> When can you come?\r\n> Best wishes");
        Assert.Equal("Thursday suits me.", (await account.Conversation(taken.ConversationId))!.Preview);
        var page = await (await account.SignIn()).Get(account.Page($"conversations/{taken.ConversationId}"));
        Assert.Equal("Thursday suits me.", page.Find(".message > .message-text").TextContent);
        Assert.Contains("When can you come?", page.Find(".message details .message-text").TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task While_one_develops_the_customer_is_played_by_json_and_by_a_page()
    {
        var account = await app.NewAccount();
        var taken = await app.NewBrowser().PostJson("/dev/inbound/email", new { from = "Ann <ann@people.example>", to = account.Inbox(), subject = "Hi", text = "By JSON" });
        var id = taken.GetProperty("conversationId").GetGuid();
        var page = await (await app.NewBrowser().Get("/dev/inbound")).Submit("[name='Mail.From']", new Dictionary<string, object?>(StringComparer.Ordinal) { ["Mail.From"] = "ann@people.example", ["Mail.To"] = account.Inbox(), ["Mail.Text"] = "By the page" });
        Assert.Contains("It came in.", page.Text, StringComparison.Ordinal);
        await app.NewBrowser().PostJson("/dev/inbound/email", new { to = account.Inbox(), source = "From: ann@people.example\r\nMessage-ID: <raw@people.example>\r\n\r\nAs it is" });
        Assert.Equal(["As it is", "By the page", "By JSON"], (await account.Thread(id)).Select(m => m.Text));
        using var nobody = await app.NewBrowser().Post("/dev/inbound/email", new { to = account.Inbox(), text = "Who?" });
        Assert.Equal(System.Net.HttpStatusCode.UnprocessableEntity, nobody.StatusCode);
        await using var production = await app.Another(services => services.AddSingleton<Microsoft.AspNetCore.Hosting.IStartupFilter, BehindTls>(), "--environment=Production");
        Assert.Equal(System.Net.HttpStatusCode.NotFound, (await production.NewBrowser().Get("/dev/inbound")).Status);
    }
}
