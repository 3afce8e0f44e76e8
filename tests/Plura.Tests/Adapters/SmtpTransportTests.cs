using Microsoft.Extensions.Options;
using Microsoft.Extensions.Time.Testing;
using Plura.Adapters;
using Plura.Messaging;

namespace Plura.Tests.Adapters;

public class SmtpTransportTests : TransportContract, IAsyncDisposable
{
    private readonly FakeTimeProvider clock = new();
    private readonly ScriptedSmtp server;
    private readonly SmtpOptions options;

    public SmtpTransportTests()
        : this(new ScriptedSmtp())
    {
    }

    protected SmtpTransportTests(ScriptedSmtp server)
    {
        this.server = server;
        options = new SmtpOptions { Host = "127.0.0.1", Port = server.Port, Tls = "auto" };
    }

    public async ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        await server.DisposeAsync();
    }

    protected override Task<IEmailTransport> Transport() => Task.FromResult<IEmailTransport>(new SmtpTransport(Options.Create(options), clock));

    protected override Task<byte[]?> Arrived(ComposedMessage message) =>
        Task.FromResult<byte[]?>(server.Taken.FirstOrDefault(t => System.Text.Encoding.ASCII.GetString(t.Content).StartsWith($"Message-ID: <{message.MessageId}>", StringComparison.Ordinal)).Content);

    [Theory]
    [InlineData("plain550", HandOffOutcome.Bounced, 550)]
    [InlineData("full", HandOffOutcome.Refused, 552)]
    [InlineData("policy", HandOffOutcome.Refused, 550)]
    [InlineData("data554", HandOffOutcome.Refused, 554)]
    [InlineData("data452", HandOffOutcome.Deferred, 452)]
    [InlineData("lax", HandOffOutcome.Bounced, 550)]
    public async Task Names_what_the_server_said(string recipient, HandOffOutcome outcome, int code)
    {
        await using var session = await (await Transport()).Open(CancellationToken.None);
        var answer = await session.Send(Of(Message($"{recipient}@example.com")), CancellationToken.None);
        Assert.Equal((outcome, code), (answer.Outcome, answer.Code));
        Assert.Equal(HandOffOutcome.Accepted, (await session.Send(Of(Message("ann@example.com")), CancellationToken.None)).Outcome);
        Assert.Single(server.Taken);
    }

    [Theory]
    [InlineData("dropbefore", HandOffOutcome.NotBegun)]
    [InlineData("dropdot", HandOffOutcome.Unknown)]
    [InlineData("dropdata", HandOffOutcome.Unknown)]
    public async Task Knows_whether_a_lost_message_may_be_sent_again(string recipient, HandOffOutcome outcome)
    {
        await using var session = await (await Transport()).Open(CancellationToken.None);
        var answer = await session.Send(Of(Message($"{recipient}@example.com", "Subject: x\r\n\r\n" + new string('a', 60) + "\r\nb\r\nc\r\n")), CancellationToken.None);
        Assert.Equal(outcome, answer.Outcome);
        Assert.False(session.Usable);
        Assert.Empty(server.Taken);
    }

    [Fact]
    public async Task Waits_for_a_slow_answer_as_long_as_it_is_told_and_no_longer()
    {
        await using var session = await (await Transport()).Open(CancellationToken.None);
        var sending = session.Send(Of(Message("slow@example.com")), CancellationToken.None);
        await server.SlowArrived.Task;
        while (!sending.IsCompleted)
        {
            clock.Advance(TimeSpan.FromSeconds(601));
            await Task.Yield();
        }

        Assert.Equal(HandOffOutcome.Unknown, (await sending).Outcome);
        Assert.False(session.Usable);
    }

    [Fact]
    public async Task Throws_nothing_when_the_wait_is_cancelled()
    {
        using var impatient = new CancellationTokenSource();
        await using var session = await (await Transport()).Open(CancellationToken.None);
        var sending = session.Send(Of(Message("slow@example.com")), impatient.Token);
        await server.SlowArrived.Task;
        await impatient.CancelAsync();
        Assert.Equal(HandOffOutcome.Unknown, (await sending).Outcome);
    }

    [Fact]
    public async Task Says_in_a_sentence_that_the_server_cannot_be_reached()
    {
        options.Port = 1;
        var down = await Assert.ThrowsAsync<TransportDownException>(async () => await (await Transport()).Open(CancellationToken.None));
        Assert.StartsWith("The mail server 127.0.0.1:1 could not be reached", down.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("required", "refused (STARTTLS)")]
    [InlineData("implicit", "could not be reached")]
    public async Task Sends_nothing_in_the_clear_where_encryption_is_asked_for(string tls, string sentence)
    {
        options.Tls = tls;
        var down = await Assert.ThrowsAsync<TransportDownException>(async () => await (await Transport()).Open(CancellationToken.None));
        Assert.Contains(sentence, down.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Keeps_the_password_where_the_line_is_not_encrypted()
    {
        await using var guarded = new ScriptedSmtp { Password = "secret" };
        (options.Port, options.User, options.Password) = (guarded.Port, "user", "secret");
        Assert.Contains("offers no encryption", (await Assert.ThrowsAsync<TransportDownException>(async () => await (await Transport()).Open(CancellationToken.None))).Message, StringComparison.Ordinal);
        options.Tls = "none";
        Assert.Equal(HandOffOutcome.Accepted, (await Send(Message("ann@example.com"))).Outcome);
        options.Password = "wrong";
        Assert.Contains("refused (signing in): 535", (await Assert.ThrowsAsync<TransportDownException>(async () => await (await Transport()).Open(CancellationToken.None))).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Takes_fewer_turns_where_the_server_lets_it()
    {
        await Send(Message("ann@example.com"));
        Assert.Equal(server.Pipelining, server.MostAtOnce >= 2);
    }
}

/// <summary>The same against a server that wants one command at a time.</summary>
public sealed class SmtpWithoutPipeliningTests() : SmtpTransportTests(new ScriptedSmtp { Pipelining = false });
