using System.Text;
using Microsoft.Extensions.DependencyInjection;
using Plura.Privacy;
using Plura.Privacy.Contracts;

namespace Plura.Tests.Conversations;

public sealed class MessageSecrecyTests(PluraApp app)
{
    [Fact]
    public async Task Words_stand_as_ciphertext_only_and_open_in_their_own_row()
    {
        var account = await app.NewAccount();
        var taken = await app.Receive(account, "ann@people.example", "My tooth hurts", "Pain");
        var words = (await account.Ask<byte[]>("select sealed from conversations.message"))!;
        Assert.DoesNotContain("tooth", Encoding.UTF8.GetString(words), StringComparison.Ordinal);
        Assert.DoesNotContain("Pain", Encoding.UTF8.GetString(words), StringComparison.Ordinal);
        var subject = await account.Ask<Guid>("select subject_id from conversations.message");
        await account.In(async services =>
        {
            var texts = services.GetRequiredService<ISubjectTexts>();
            Assert.Contains("My tooth hurts", (await texts.Open([new SealedText(subject, taken.MessageId, words)], default))[taken.MessageId], StringComparison.Ordinal);
            Assert.Empty(await texts.Open([new SealedText(subject, taken.ConversationId, words)], default));
            Assert.Empty(await texts.Open([new SealedText(taken.ConversationId, taken.MessageId, words)], default));
        });
        var other = await app.NewAccount("Next Door");
        Assert.Empty(await other.In(s => s.GetRequiredService<ISubjectTexts>().Open([new SealedText(subject, taken.MessageId, words)], default)));
    }

    [Fact]
    public async Task Erasing_somebody_makes_their_messages_unreadable_everywhere()
    {
        await using var own = await app.Another();
        var account = await own.NewAccount();
        var taken = await own.Receive(account, "Ann <ann@people.example>", "My tooth hurts", "Pain");
        await account.Reply(taken.ConversationId, "Come at nine");
        var bens = await own.Receive(account, "Ben <ben@people.example>", "Where are you?");
        var contact = (await account.Conversation(taken.ConversationId))!.Contact;
        await own.Services.GetRequiredService<SubjectKeys>().Shred(account.Id, contact, default);
        var thread = await account.Thread(taken.ConversationId);
        Assert.All(thread, m => Assert.Equal((true, null, null), (m.Erased, m.Subject, m.Text)));
        Assert.Equal("This message was erased.", (await account.Conversation(taken.ConversationId))!.Preview);
        var browser = await account.SignIn();
        foreach (var path in (string[])[$"conversations/{taken.ConversationId}", "conversations", $"contacts/{contact}"])
        {
            var page = await browser.Get(account.Page(path));
            Assert.Contains("This message was erased.", page.Text, StringComparison.Ordinal);
            Assert.DoesNotContain("tooth", page.Html, StringComparison.Ordinal);
            Assert.DoesNotContain("Come at nine", page.Html, StringComparison.Ordinal);
        }

        Assert.Equal("Where are you?", (await account.Thread(bens.ConversationId))[0].Text);
        // Who writes again after that is read again; what was before stays gone.
        await own.Receive(account, "ann@people.example", "A new question");
        Assert.Equal([false, true, true], (await account.Thread(taken.ConversationId)).Select(m => m.Erased));
    }
}
