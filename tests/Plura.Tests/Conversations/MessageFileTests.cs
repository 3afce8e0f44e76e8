using System.Net;
using System.Text;
using Microsoft.Extensions.DependencyInjection;
using MimeKit;
using Plura.Conversations;
using Plura.Platform;

namespace Plura.Tests.Conversations;

/// <summary>Files come and go with messages, sealed; what could do harm by being opened is named and not kept.</summary>
public sealed class MessageFileTests(PluraApp app)
{
    private static readonly byte[] Pdf = Encoding.ASCII.GetBytes("%PDF-1.7 Walrus");

    [Fact]
    public async Task What_came_along_is_kept_sealed_and_given_out_as_a_download()
    {
        var account = await app.NewAccount();
        var taken = await app.TryReceive(account.Inbox(), With(("plan.pdf", Pdf), ("run.exe", "MZ"u8.ToArray()), ("photo.png", "MZ a program"u8.ToArray())));
        Assert.Null(taken.Refusal);
        var files = (await account.Thread(taken.Value.ConversationId))[0].Files;
        Assert.Equal(["plan.pdf", "run.exe", "photo.png"], files.Select(f => f.Name));
        Assert.Equal([null, "files of this kind can do harm when they are opened.", "it is not what its name says."], files.Select(f => f.NotKept));
        var browser = await account.SignIn();
        var answer = await browser.Send(HttpMethod.Get, account.Page($"conversations/{taken.Value.ConversationId}/files/{files[0].Id}"));
        Assert.Equal(Pdf, await answer.Content.ReadAsByteArrayAsync());
        Assert.Equal(("attachment", "nosniff"), (answer.Content.Headers.ContentDisposition!.DispositionType, answer.Headers.GetValues("X-Content-Type-Options").Single()));
        Assert.Contains("sandbox", answer.Headers.GetValues("Content-Security-Policy").Single(), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.NotFound, (await browser.Send(HttpMethod.Get, account.Page($"conversations/{taken.Value.ConversationId}/files/{files[1].Id}"))).StatusCode);
        var folder = Path.Combine(app.Services.GetRequiredService<DataFolder>().Files, account.Id.ToString("N"), "attachments");
        Assert.All(Directory.GetFiles(folder), f => Assert.DoesNotContain("Walrus", File.ReadAllText(f), StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_file_of_an_answer_arrives_as_it_was_sent_under_its_own_name()
    {
        await using var own = await app.Another();
        var account = await own.NewAccount();
        var taken = await own.Receive(account, "ann@people.example", "Do you have a plan?");
        var bytes = Enumerable.Range(0, 100_000).Select(i => (byte)(i % 251)).ToArray();
        var page = await (await account.SignIn()).Get(account.Page($"conversations/{taken.ConversationId}"));
        var said = await page.Submit("[name='Command.Text']", new { Text = "Here it is.", Files = new UploadedFile("Grundriß – Stock 2 für alle, die lange Namen mögen und noch mehr.zip", [.. "PK"u8, .. bytes], "application/zip") }, "Send");
        Assert.DoesNotContain("cannot be attached", said.Text, StringComparison.Ordinal);
        await account.Leave(own);
        var mail = await own.Mailed("ann@people.example");
        var part = Assert.IsType<MimePart>(Assert.Single(mail.Attachments));
        Assert.Equal("Grundriß – Stock 2 für alle, die lange Namen mögen und noch mehr.zip", part.FileName);
        using var got = new MemoryStream();
        await part.Content!.DecodeToAsync(got);
        Assert.Equal([.. "PK"u8, .. bytes], got.ToArray());
        Assert.Contains("Here it is.", mail.TextBody, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("run.exe", "MZ", "can do harm")]
    [InlineData("letter.pdf", "MZ", "not what its name says")]
    [InlineData("page.html", "<html>", "can do harm")]
    public async Task What_cannot_go_is_said_at_once_and_nothing_that_was_written_is_lost(string name, string bytes, string why)
    {
        var account = await app.NewAccount();
        var taken = await app.Receive(account, "ann@people.example", "Hello");
        var page = await (await account.SignIn()).Get(account.Page($"conversations/{taken.ConversationId}"));
        var refused = await page.Submit("[name='Command.Text']", new { Text = "Look at this", Files = new UploadedFile(name, Encoding.ASCII.GetBytes(bytes), "application/octet-stream") }, "Send");
        Assert.Contains(why, refused.Text, StringComparison.Ordinal);
        Assert.Equal("Look at this", refused.Document.QuerySelector("textarea[data-compose]")!.TextContent);
    }

    [Fact]
    public async Task Erasing_the_contact_makes_them_unreadable_and_a_foreign_conversation_does_not_give_them()
    {
        var account = await app.NewAccount();
        var taken = await app.TryReceive(account.Inbox(), With(("plan.pdf", Pdf)));
        var other = await app.Receive(account, "ben@people.example", "Hello");
        var id = (await account.Thread(taken.Value.ConversationId))[0].Files[0].Id!.Value;
        Assert.Null(await account.In(s => s.GetRequiredService<MessageFiles>().Open(other.ConversationId, id, default)));
        var contact = (await account.Conversation(taken.Value.ConversationId))!.Contact;
        await account.In(s => s.GetRequiredService<Plura.Privacy.Contracts.ISubjectTexts>().Forget(contact, default));
        Assert.Null(await account.In(s => s.GetRequiredService<MessageFiles>().Open(taken.Value.ConversationId, id, default)));
    }

    private static byte[] With(params (string Name, byte[] Bytes)[] files)
    {
        var mail = new MimeMessage { Subject = "Files", MessageId = $"files-{Guid.CreateVersion7(DateTimeOffset.UnixEpoch)}@people.example" };
        mail.From.Add(new MailboxAddress("Ann", "ann@people.example"));
        var body = new BodyBuilder { TextBody = "See what is attached." };
        foreach (var (name, bytes) in files)
            body.Attachments.Add(name, bytes);
        mail.Body = body.ToMessageBody();
        using var stream = new MemoryStream();
        mail.WriteTo(stream);
        return stream.ToArray();
    }
}
