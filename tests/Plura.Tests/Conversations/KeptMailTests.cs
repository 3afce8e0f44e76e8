using System.Text;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Plura.Conversations;
using Plura.Conversations.Data;
using Plura.Platform;

namespace Plura.Tests.Conversations;

/// <summary>Mail that was not understood waits for whoever runs the installation, as it came and unreadable to everybody, and not for ever.</summary>
public sealed class KeptMailTests(PluraApp app)
{
    [Fact]
    public async Task The_desk_says_why_and_tries_again()
    {
        await using var own = await app.Another();
        var staff = await OperatorStaff.At(own);
        Assert.Contains("All mail was understood", (await staff.Get("mail")).Text, StringComparison.Ordinal);
        var account = await own.NewAccount("Zanzibar Bakery");
        await own.TryReceive("bread@inbox.test", InboxDesk.Letter("quirina@unheard-of.example", "A secret wish"));
        await own.TryReceive(account.Inbox(), "Subject: broken\r\n\r\nquirina"u8.ToArray());
        var page = await staff.Get("mail");
        foreach (var words in (string[])["It was sent to an address that no account here has.", "It is broken, or does not say who sent it.", "nobody here", "Zanzibar Bakery", "2 mails"])
            Assert.Contains(words, page.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("quirina", page.Html, StringComparison.OrdinalIgnoreCase);
        Assert.Contains("2 mails", (await staff.Get("")).Text, StringComparison.Ordinal);

        var nobodys = await own.Ask<Guid>("select id from conversations.kept_mail where account_id is null");
        Assert.Contains("It is still not understood. It was sent to an address", (await page.Submit($"[name=_handler][value='try-{nobodys}']", new { })).Text, StringComparison.Ordinal);
        await own.Do("update accounts.account set slug = 'bread' where id = $1", account.Id);
        Assert.Contains("It was understood now", (await (await staff.Get("mail")).Submit($"[name=_handler][value='try-{nobodys}']", new { })).Text, StringComparison.Ordinal);
        Assert.Equal("quirina@unheard-of.example", await account.Ask<string>("select value from contacts.contact_point"));
        var broken = await own.Ask<Guid>("select id from conversations.kept_mail");
        Assert.Contains("The mail is deleted.", (await (await staff.Get("mail")).Submit($"#delete-{broken} form", new { })).Text, StringComparison.Ordinal);
        Assert.Equal(0L, await own.Ask<long>("select count(*) from conversations.kept_mail"));
        Assert.Equal(["operator.delete_mail", "operator.try_mail", "operator.try_mail"], await own.Ask<string[]>("select array_agg(act order by act) from privacy.operator_audit_entry where act like 'operator.%_mail'") ?? []);
    }

    [Fact]
    public async Task It_stands_there_as_ciphertext_once_and_goes_after_thirty_days_or_with_its_account()
    {
        await using var own = await app.Another();
        var account = await own.NewAccount();
        var source = Encoding.ASCII.GetBytes("Subject: nobody\r\n\r\nA secret wish of ann@people.example");
        for (var again = 0; again < 2; again++)
        {
            await own.TryReceive(account.Inbox(), source);
            await own.TryReceive("nobody@inbox.test", [.. source, (byte)'!']);
        }

        Assert.Equal((2L, 0L), (await own.Ask<long>("select count(*) from conversations.kept_mail"), await own.Ask<long>("select count(*) from conversations.kept_mail where position('secret'::bytea in sealed) > 0 or position('people'::bytea in sealed) > 0")));
        var opened = await own.In(null, async services =>
        {
            var texts = new List<string>();
            foreach (var mail in await services.GetRequiredService<PluraDb>().Set<KeptMail>().ToListAsync())
                texts.Add(Encoding.ASCII.GetString((await services.GetRequiredService<KeptMails>().Open(mail, default))!.Source));
            return texts;
        });
        Assert.All(opened, text => Assert.Contains("A secret wish", text, StringComparison.Ordinal));
        Assert.Equal(0, await own.Services.GetRequiredService<KeptMailTidying>().Tidy(default));
        own.Clock.Advance(KeptMails.Kept + TimeSpan.FromHours(1));
        Assert.Equal(2, await own.Services.GetRequiredService<KeptMailTidying>().Tidy(default));
    }

    [Fact]
    public async Task Where_there_is_no_room_the_oldest_goes()
    {
        await using var own = await app.Another();
        await own.TryReceive("nobody@inbox.test", InboxDesk.Letter("ann@people.example", "The oldest"));
        await own.TryReceive("nobody@inbox.test", InboxDesk.Letter("ann@people.example", "The newer"));
        var oldest = await own.Ask<Guid>("select id from conversations.kept_mail order by at limit 1");
        // As if it had been large: two of its size do not fit.
        await own.Do("update conversations.kept_mail set size = $2 where id = $1", oldest, (int)(KeptMails.Room - 100));
        await own.TryReceive("nobody@inbox.test", InboxDesk.Letter("ann@people.example", "The newest"));
        Assert.Equal((2L, 0L), (await own.Ask<long>("select count(*) from conversations.kept_mail"), await own.Ask<long>("select count(*) from conversations.kept_mail where id = $1", oldest)));
    }
}
