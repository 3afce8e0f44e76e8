using System.Text;
using Microsoft.Extensions.DependencyInjection;
using Plura.Conversations;
using Plura.Messaging;
using Plura.Tests.Messaging;

namespace Plura.Tests.Conversations;

/// <summary>Whatever comes in: it is taken and read, or kept as it came. Nothing ends the intake, and the next mail is read as if nothing had been.</summary>
public sealed class CorpusTests(PluraApp app)
{
    [Fact]
    public async Task Every_mail_of_a_person_is_taken_and_read()
    {
        var account = await app.NewAccount();
        var wrong = new List<string>();
        var all = Mails.All();
        foreach (var mail in all)
        {
            var taken = await app.TryReceive(account.Inbox(), mail.Source);
            if (taken.Refusal is { } refusal)
            {
                wrong.Add($"{mail.Name}: {refusal.Code} {app.Log.Errors.LastOrDefault()}");
                continue;
            }

            var message = (await account.Thread(taken.Value.ConversationId)).FirstOrDefault(m => m.Id == taken.Value.MessageId);
            if (message is null || !(message.Text ?? "").Contains(mail.Expected ?? "", StringComparison.Ordinal))
                wrong.Add($"{mail.Name}: read as “{Beginning(message?.Text)}”");
            else if (mail.Files.Length > 0 && string.Join('|', message.Files.Select(f => f.Name)) != mail.Files)
                wrong.Add($"{mail.Name}: came with {string.Join('|', message.Files.Select(f => f.Name))}");
            else if (message.Automatic != mail.Automatic)
                wrong.Add($"{mail.Name}: automatic is {message.Automatic}");
            else if (!(await app.TryReceive(account.Inbox(), mail.Source)).Value.Repeated)
                wrong.Add($"{mail.Name}: was taken twice");
        }

        Assert.True(wrong.Count == 0, string.Join('\n', wrong));
        Assert.True(all.Count >= 50, $"{all.Count} mails");
    }

    [Fact]
    public async Task What_nobody_can_read_is_kept_as_it_came_and_the_next_is_read()
    {
        await using var own = await app.Another();
        var account = await own.NewAccount();
        var random = new byte[100_000];
        new Random(7).NextBytes(random);
        foreach (var (source, code) in ((byte[], string)[])
        [
            (random, "mail.unreadable"), (new byte[50_000], "mail.unreadable"), ([0xFF], "mail.unreadable"), (Encoding.ASCII.GetBytes("\r\n\r\n"), "mail.unreadable"),
            (Encoding.ASCII.GetBytes("Subject: nobody\r\n\r\nHello"), "mail.unreadable"), (Encoding.ASCII.GetBytes("From: undisclosed:;\r\n\r\nHello"), "mail.unreadable"),
            (Encoding.ASCII.GetBytes("From: <>\r\nSubject: nobody\r\n\r\nHello"), "mail.unreadable"), (Encoding.ASCII.GetBytes(new string(':', 30_000)), "mail.unreadable"),
            (Reports.Unknown(), "mail.unknown_report"), (Reports.Postfix("Subject: whose?"), "mail.unknown_letter"),
        ])
        {
            Assert.Equal(code, (await own.TryReceive(account.Inbox(), source)).Refusal?.Code);
            Assert.Equal(1L, await own.Ask<long>("select count(*) from conversations.kept_mail where digest = sha256($1) and reason = $2 and size = $3", source, code, source.Length));
        }

        Assert.Equal("mail.unreadable", (await own.TryReceive(account.Inbox(), [])).Refusal?.Code);
        Assert.Equal(10L, await own.Ask<long>("select count(*) from conversations.kept_mail"));
        await own.Receive(account, "ann@corpus.example", "The next one");
    }

    [Fact]
    public async Task Thirty_megabytes_are_taken_and_of_more_the_beginning_is_kept()
    {
        await using var own = await app.Another();
        var account = await own.NewAccount();
        var head = Encoding.ASCII.GetBytes(Mails.Head("huge", "multipart/mixed; boundary=b") + "\r\n--b\r\n\r\nThe words\r\n--b\r\nContent-Type: application/octet-stream; name=film.bin\r\nContent-Disposition: attachment; filename=film.bin\r\n\r\n");
        var huge = new byte[ReceiveMail.Largest];
        Array.Fill(huge, (byte)'x');
        head.CopyTo(huge, 0);
        for (var at = head.Length + 76; at < huge.Length - 2; at += 78)
            (huge[at], huge[at + 1]) = ((byte)'\r', (byte)'\n');
        var taken = await own.TryReceive(account.Inbox(), huge);
        Assert.Null(taken.Refusal);
        var message = Assert.Single(await account.Thread(taken.Value.ConversationId));
        Assert.Equal(("The words", "film.bin"), (message.Text, Assert.Single(message.Files).Name));
        Assert.Equal("mail.too_large", (await own.TryReceive(account.Inbox(), [.. huge, 0])).Refusal?.Code);
        Assert.True(await own.Ask<int>("select octet_length(sealed) from conversations.kept_mail where size = $1 and only_its_head", huge.Length + 1) < 200_000);
    }

    [Fact]
    public async Task A_holiday_answer_stands_in_the_thread_and_asks_nobody_to_look()
    {
        var letter = await SentLetter.Send(app);
        var to = app.Services.GetRequiredService<ReturnAddresses>().For(letter.Account.Id, letter.SendId)!;
        // From another address of theirs: the letter that it answers says whose it is.
        var away = Mails.Head("away", more: "Auto-Submitted: auto-replied\r\n") + "\r\nI am away until Monday";
        var taken = await app.TryReceive(to, Encoding.ASCII.GetBytes(away));
        var conversation = (await letter.Account.Conversation(taken.Value.ConversationId))!;
        Assert.Equal((letter.ContactId, false, "closed"), (conversation.Contact, conversation.Unread, conversation.State));
        Assert.True(Assert.Single(await letter.Account.Thread(taken.Value.ConversationId)).Automatic);
        var page = await (await letter.Account.SignIn()).Get(letter.Account.Page($"conversations/{taken.Value.ConversationId}"));
        Assert.Contains("automatic answer of their mail program", page.Text, StringComparison.Ordinal);

        var written = await app.Receive(letter.Account, letter.Email, "I am back. Do you have bread?");
        Assert.Equal((taken.Value.ConversationId, true), (written.ConversationId, (await letter.Account.Conversation(written.ConversationId))!.Unread));
        Assert.Null((await letter.Account.Close(written.ConversationId)).Refusal);
        await app.TryReceive(to, Encoding.ASCII.GetBytes(away.Replace("away@corpus", "away-again@corpus", StringComparison.Ordinal)));
        Assert.Equal(("closed", false), ((await letter.Account.Conversation(written.ConversationId))!.State, (await letter.Account.Conversation(written.ConversationId))!.Unread));
        // What a person writes to the letter's own address is read as if they had answered.
        var answered = await app.TryReceive(to, InboxDesk.Letter(letter.Email, "Answered to the envelope"));
        Assert.Equal((written.ConversationId, "open"), (answered.Value.ConversationId, (await letter.Account.Conversation(written.ConversationId))!.State));
    }

    private static string Beginning(string? text) => text is null ? "nothing" : text[..Math.Min(80, text.Length)];
}
