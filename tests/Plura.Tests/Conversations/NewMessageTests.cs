using System.Net;
using System.Text;
using Microsoft.Extensions.DependencyInjection;
using Plura.Conversations;
using Plura.Tests.Contacts;

namespace Plura.Tests.Conversations;

public sealed class NewMessageTests(PluraApp app)
{
    private static readonly byte[] Pdf = Encoding.ASCII.GetBytes("%PDF-1.7 prices");

    [Fact]
    public async Task A_letter_to_whom_nothing_was_written_yet_begins_their_conversation_and_they_answer_into_it()
    {
        await using var own = await app.Another();
        var account = await own.NewAccount();
        var ann = await account.Create("Ann", email: "ann@people.example");
        var browser = await account.SignIn();
        Assert.Contains("New message", (await browser.Get(account.Page("conversations"))).All(".page-top-acts a"));
        var contact = await browser.Get(account.Page($"contacts/{ann}"));
        Assert.Contains("Nothing was written with them yet.", contact.Text, StringComparison.Ordinal);
        var page = await contact.Click("New message");
        Assert.Equal("Ann", page.Find("[name=To]").GetAttribute("value"));
        var there = await page.Submit("[name=To]", new { Subject = "Your table", Text = "Dear {{ contact.first_name }},\nit is ready." });
        Assert.Contains("Your message leaves in ten seconds.", there.Text, StringComparison.Ordinal);
        await account.Leave(own);
        var mail = await own.Mailed("ann@people.example");
        Assert.Equal(("Your table", null), (mail.Subject, mail.InReplyTo));
        Assert.Contains("Dear Ann,\nit is ready.", mail.TextBody!.ReplaceLineEndings("\n"), StringComparison.Ordinal);
        var id = await account.Ask<Guid>("select id from conversations.conversation");
        Assert.Equal(("open", (Guid?)account.OwnerId, (DateTimeOffset?)null), ((await account.Conversation(id))!.State, (await account.Conversation(id))!.Assignee, (await account.Conversation(id))!.LastInboundAt));
        Assert.Equal(id, (await own.Receive(account, "ann@people.example", "Thank you", "Re: Your table")).ConversationId);
        Assert.Equal(1L, await account.Ask<long>("select count(*) from privacy.audit_entry where act = 'conversations.begin' and about = $1", id));
    }

    [Fact]
    public async Task A_program_writes_into_the_one_conversation_which_opens_again()
    {
        await using var own = await app.Another();
        var account = await own.NewAccount();
        var taken = await own.Receive(account, "ann@people.example", "Hello", "Sunday");
        await account.Close(taken.ConversationId);
        var contact = (await account.Conversation(taken.ConversationId))!.Contact;
        var written = await account.Api.PostJson("/api/v1/conversations", new { contact, channel = "email", subject = "Another matter", text = "By the way." });
        Assert.Equal(taken.ConversationId, written.GetProperty("conversation").GetGuid());
        Assert.Equal("open", (await account.Conversation(taken.ConversationId))!.State);
        await account.Leave(own);
        Assert.Equal("Another matter", (await own.Mailed("ann@people.example")).Subject);
    }

    [Theory]
    [InlineData("contact.missing", "email", "Hello", "Text", false)]
    [InlineData("message.subject", "email", " ", "Text", true)]
    [InlineData("reply.no_address", "sms", null, "Text", true)]
    [InlineData("phrase.template", "email", "Hello", "Dear {{ contact.first_name", true)]
    public async Task What_cannot_go_is_refused_in_words_and_nothing_begins(string code, string channel, string? subject, string text, bool known)
    {
        var account = await app.NewAccount();
        var ann = await account.Create("Ann", email: "ann@people.example");
        var command = new BeginConversation { Contact = known ? ann : Guid.CreateVersion7(app.Clock.GetUtcNow()), Channel = channel, Subject = subject, Text = text };
        Assert.Equal(code, (await account.In(s => s.GetRequiredService<BeginConversationHandler>().Handle(command, default))).Refusal?.Code);
        Assert.Equal(0L, await account.Ask<long>("select count(*) from conversations.conversation"));
        using var answer = await account.Api.Post("/api/v1/conversations", new { contact = command.Contact, channel, subject, text });
        Assert.Equal(known ? HttpStatusCode.UnprocessableEntity : HttpStatusCode.NotFound, answer.StatusCode);
    }

    [Fact]
    public async Task A_snippet_brings_its_subject_and_its_files_to_an_answer_and_to_a_new_message()
    {
        await using var own = await app.Another();
        var account = await own.NewAccount();
        var browser = await account.SignIn();
        var page = await (await browser.Get(account.Page("settings/snippets?snippet=new"))).Submit("[name='Command.Name']", new
        {
            Name = "Prices",
            Text = "Here they are, {{ contact.first_name | default: 'hello' }}.",
            Subject = "Our prices",
            Files = new UploadedFile("prices.pdf", Pdf, "application/pdf"),
        });
        Assert.Contains("brings “prices.pdf”", page.Text, StringComparison.Ordinal);
        var snippet = Assert.Single(await account.In(s => s.GetRequiredService<Snippets>().All(default)));
        Assert.Equal(("Our prices", "prices.pdf"), (snippet.Subject, Assert.Single(snippet.Files).Name));

        var taken = await own.Receive(account, "bob@people.example", "How much?", "A question");
        var thread = await browser.Get(account.Page($"conversations/{taken.ConversationId}?with={snippet.Id}"));
        Assert.Equal(["Sending it also brings “prices.pdf”.", "An e-mail goes under “Our prices”."], thread.All(".thread-then span"));
        await thread.Submit("[name='Command.Text']", new { }, "Send");
        await account.Leave(own);
        var mail = await own.Mailed("bob@people.example");
        Assert.Equal(("Our prices", "prices.pdf"), (mail.Subject, Assert.Single(mail.Attachments).ContentDisposition!.FileName));

        var offered = await browser.GetJson(account.Page("conversations/new/snippets"));
        Assert.Equal(("Our prices", "brings “prices.pdf”"), (offered[0].GetProperty("subject").GetString(), offered[0].GetProperty("does").GetString()));
        var ann = await account.Create("Ann", email: "ann@people.example");
        var begun = await account.As(account.OwnerId, s => s.GetRequiredService<BeginConversationHandler>().Handle(new BeginConversation { Contact = ann, Subject = "Prices", Text = "As you asked.", Snippet = snippet.Id }, default));
        Assert.Null(begun.Refusal);
        await account.Leave(own);
        Assert.Single((await own.Mailed("ann@people.example")).Attachments);

        await (await browser.Get(account.Page($"settings/snippets?snippet={snippet.Id}"))).Submit("[name='Command.Name']", new Dictionary<string, object?>(StringComparer.Ordinal) { ["Command.Without"] = snippet.Files[0].Id.ToString() });
        Assert.Empty(Assert.Single(await account.In(s => s.GetRequiredService<Snippets>().All(default))).Files);
    }

    [Fact]
    public async Task A_subject_or_a_file_without_words_is_refused()
    {
        var account = await app.NewAccount();
        async Task<string?> Refused(KeepSnippet command) => (await account.In(s => s.GetRequiredService<KeepSnippetHandler>().Handle(command, default))).Refusal?.Code;
        Assert.Equal("snippet.text", await Refused(new KeepSnippet { Name = "Prices", Subject = "Our prices" }));
        Assert.Equal("file.disguised", await Refused(new KeepSnippet { Name = "Prices", Text = "x", Files = [new GivenFile("prices.pdf", "MZ a program"u8.ToArray())] }));
    }
}
