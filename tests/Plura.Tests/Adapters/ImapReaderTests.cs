using System.Text;
using Microsoft.Extensions.DependencyInjection;
using Plura.Accounts;
using Plura.Conversations;
using Plura.Tests.Conversations;

namespace Plura.Tests.Adapters;

/// <summary>A mailbox that is read: each mail once, marked only after it was taken, whatever becomes of the connection; and by one node at a time.</summary>
public sealed class ImapReaderTests(PluraApp first)
{
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task What_lies_there_is_taken_and_what_comes_later_too(bool idle)
    {
        await using var server = new ScriptedImap { Idle = idle };
        await using var own = await Start(server);
        var account = await own.NewAccount();
        await server.Deliver(Letter(account, "One"), Letter(account, "Two"));
        await Until(own, () => server.Of("INBOX").All(m => m.Seen), advance: !idle);
        Assert.Equal(2L, await Messages(account));
        await server.Deliver(Letter(account, "Three"));
        // Where the server tells of it nobody's clock has to move.
        await Until(own, () => server.Of("INBOX").All(m => m.Seen), advance: !idle);
        Assert.Equal(3L, await Messages(account));
        Assert.Equal(idle, server.Heard.Contains("IDLE"));
        Assert.DoesNotContain(server.Heard, command => command.Contains("BODY[", StringComparison.Ordinal) && !command.Contains("PEEK", StringComparison.Ordinal));
        Assert.False(own.Services.GetRequiredService<ProviderPulses>().Of("imap").Failing);
    }

    [Fact]
    public async Task A_mail_that_was_taken_and_could_not_be_marked_comes_again_and_is_known()
    {
        await using var server = new ScriptedImap { BreakBeforeMark = 2 };
        await using var own = await Start(server);
        var account = await own.NewAccount();
        await server.Deliver(Letter(account, "Once"));
        await Until(own, () => server.Of("INBOX").All(m => m.Seen), advance: true);
        Assert.Equal((1L, true), (await Messages(account), server.Connections >= 3));
    }

    [Fact]
    public async Task A_lost_connection_and_a_refused_password_pass_by()
    {
        await using var server = new ScriptedImap { Password = "changed since" };
        await using var own = await Start(server);
        var account = await own.NewAccount();
        await server.Deliver(Letter(account, "Patience"));
        await Until(own, () => own.Services.GetRequiredService<ProviderPulses>().Of("imap").Failing, advance: true);
        Assert.Equal("the server did not let us in; the log says why", own.Services.GetRequiredService<ProviderPulses>().Of("imap").Why);
        Assert.Equal(0, server.SignIns);
        server.Password = "open sesame";
        await Until(own, () => server.Of("INBOX").All(m => m.Seen), advance: true);
        server.Break();
        await server.Deliver(Letter(account, "Again"));
        await Until(own, () => server.Of("INBOX").All(m => m.Seen), advance: true);
        Assert.Equal((2L, false), (await Messages(account), own.Services.GetRequiredService<ProviderPulses>().Of("imap").Failing));
    }

    [Fact]
    public async Task What_is_taken_moves_where_the_settings_say_and_what_is_not_understood_is_kept()
    {
        await using var server = new ScriptedImap();
        await using var own = await Start(server, "--Email:Imap:DoneFolder=Done");
        var account = await own.NewAccount();
        await server.Deliver([0, 1, 2, 3], Letter(account, "Behind it"), Huge(account));
        await Until(own, () => server.Of("Done").Count == 3);
        Assert.Empty(server.Of("INBOX"));
        Assert.Equal((1L, 2L), (await Messages(account), await own.Ask<long>("select count(*) from conversations.kept_mail")));
        Assert.Equal(account.Id, await own.Ask<Guid>("select account_id from conversations.kept_mail where reason = 'mail.too_large' and only_its_head"));
    }

    [Fact]
    public async Task Of_two_nodes_one_reads_and_the_other_takes_over_when_it_ends()
    {
        await using var server = new ScriptedImap();
        var own = await Start(server);
        var account = await own.NewAccount();
        await server.Deliver(Letter(account, "One"));
        await Until(own, () => server.Of("INBOX").All(m => m.Seen));
        await using var other = await own.SameDatabase();
        other.Clock.Advance(TimeSpan.FromMinutes(2));
        await server.Deliver(Letter(account, "Two"));
        await Until(own, () => server.Of("INBOX").All(m => m.Seen));
        Assert.Equal((1, 1), (server.Connections, server.Open));
        await own.DisposeAsync();
        await server.Deliver(Letter(account, "Three"));
        await Until(other, () => server.Of("INBOX").All(m => m.Seen), advance: true);
        Assert.Equal(3L, await other.Ask<long>("select count(*) from conversations.message where tenant_id = $1", account.Id));
    }

    private Task<PluraApp> Start(ScriptedImap server, params string[] more) =>
        first.Another(["--Plura:Roles=web,worker", "--Email:Imap:Host=127.0.0.1", $"--Email:Imap:Port={server.Port}", "--Email:Imap:User=inbox", "--Email:Imap:Password=open sesame", "--Email:Imap:Tls=none", .. more]);

    private static byte[] Letter(TestAccount account, string text) => Encoding.ASCII.GetBytes($"From: ann@people.example\r\nTo: {account.Inbox()}\r\nMessage-ID: <{text.Replace(" ", "", StringComparison.Ordinal)}@people.example>\r\n\r\n{text}\r\n");

    private static byte[] Huge(TestAccount account)
    {
        var huge = new byte[ReceiveMail.Largest + 1];
        Array.Fill(huge, (byte)'x');
        Letter(account, "Huge").CopyTo(huge, 0);
        return huge;
    }

    private static Task<long> Messages(TestAccount account) => account.Ask<long>("select count(*) from conversations.message");

    /// <summary>Until it is so; where <paramref name="advance"/>, the host's clock runs meanwhile.</summary>
    private static async Task Until(PluraApp own, Func<bool> so, bool advance = false)
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        while (!so())
        {
            if (advance)
                own.Clock.Advance(TimeSpan.FromSeconds(20));
            await Task.Delay(20, patience.Token);
        }
    }
}
