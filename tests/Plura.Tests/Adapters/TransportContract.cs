using System.Reflection;
using System.Text;
using Plura.Messaging;
using Plura.Privacy.Contracts;

namespace Plura.Tests.Adapters;

/// <summary>Messages to hand over.</summary>
public abstract class TransportContractSupport
{
    private static int number;

    protected static ComposedMessage Compose(string to, string content)
    {
        var id = $"{Interlocked.Increment(ref number)}.{Environment.ProcessId}.{Random.Shared.NextInt64()}@bright.example";
        return new ComposedMessage(Messaging.Letter.Send, id, "hello@bright.example", to, Encoding.ASCII.GetBytes($"Message-ID: <{id}>\r\n{content}"));
    }

    /// <summary>The factory is closed to all but the pump; here it is opened by force.</summary>
    protected static AuthorizedMessage Of(ComposedMessage message) => (AuthorizedMessage)typeof(AuthorizedMessage)
        .GetMethod("From", BindingFlags.Static | BindingFlags.NonPublic)!
        .Invoke(null, [new GateDecision(Guid.Empty, message.SendId, GateDecision.Allow, Messaging.Letter.Monday, null, []), Messaging.Letter.Tenant, message])!;
}

/// <summary>What every mail transport must do, whatever it speaks.</summary>
public abstract class TransportContract : TransportContractSupport
{
    protected abstract Task<IEmailTransport> Transport();

    /// <summary>What arrived under this Message-ID; null where nothing did.</summary>
    protected abstract Task<byte[]?> Arrived(ComposedMessage message);

    [Fact]
    public async Task Hands_a_message_over_byte_for_byte()
    {
        var message = Message("ann@example.com", "Subject: x\r\n\r\n.leading\r\n..two\r\nlast line without end");
        Assert.Equal(HandOffOutcome.Accepted, (await Send(message)).Outcome);
        Assert.Equal(Encoding.ASCII.GetString(message.Bytes.Span).TrimEnd('\r', '\n'), Encoding.ASCII.GetString((await Arrived(message))!).TrimEnd('\r', '\n'));
    }

    [Fact]
    public async Task Hands_over_many_through_one_session()
    {
        await using var session = await (await Transport()).Open(CancellationToken.None);
        for (var i = 0; i < 20; i++)
        {
            var message = Message($"ann{i}@example.com");
            Assert.Equal(HandOffOutcome.Accepted, (await session.Send(Of(message), CancellationToken.None)).Outcome);
            Assert.NotNull(await Arrived(message));
            Assert.True(session.Usable);
        }
    }

    [Fact]
    public async Task Names_a_dead_address_and_takes_the_next_message()
    {
        await using var session = await (await Transport()).Open(CancellationToken.None);
        var dead = Message("bounce@example.com");
        var answer = await session.Send(Of(dead), CancellationToken.None);
        Assert.Equal((HandOffOutcome.Bounced, 550, "5.1.1"), (answer.Outcome, answer.Code, answer.EnhancedCode));
        Assert.DoesNotContain("bounce@example.com", answer.Reply, StringComparison.Ordinal);
        Assert.Null(await Arrived(dead));
        Assert.Equal(HandOffOutcome.Accepted, (await session.Send(Of(Message("ann@example.com")), CancellationToken.None)).Outcome);
    }

    [Fact]
    public async Task Names_a_later_and_takes_the_next_message()
    {
        await using var session = await (await Transport()).Open(CancellationToken.None);
        var answer = await session.Send(Of(Message("defer@example.com")), CancellationToken.None);
        Assert.Equal(HandOffOutcome.Deferred, answer.Outcome);
        Assert.InRange(answer.Code ?? 0, 400, 499);
        Assert.Equal(HandOffOutcome.Accepted, (await session.Send(Of(Message("ann@example.com")), CancellationToken.None)).Outcome);
    }

    protected async Task<HandOff> Send(ComposedMessage message)
    {
        await using var session = await (await Transport()).Open(CancellationToken.None);
        return await session.Send(Of(message), CancellationToken.None);
    }

    protected static ComposedMessage Message(string to, string content = "Subject: Hello\r\n\r\nHi.\r\n") => Compose(to, content);
}
