using System.Text;
using Plura.Messaging;

namespace Plura.Tests.Adapters;

/// <summary>What every carrier of text messages must do, whatever it speaks. Numbers tell stories: …0001 is dead, …0003 is for later.</summary>
public abstract class TextTransportContract : TransportContractSupport
{
    protected const string Dead = "+15005550001";
    protected const string Later = "+15005550003";
    private static int number;

    protected abstract Task<ITextTransport> Transport();

    /// <summary>What arrived of this message; null where nothing did.</summary>
    protected abstract Task<string?> Arrived(ComposedMessage message);

    [Theory]
    [InlineData("Your table is ready.")]
    [InlineData("Grüße aus Zürich: 10 € & 5 £ = {viel} \"Spaß\" <b>\\o/</b>\nZeile zwei")]
    [InlineData("Привет 👩‍👩‍👧 😀 漢字 {to} %7Btext%7D")]
    public async Task Hands_a_text_over_letter_for_letter(string text)
    {
        var message = Message("+12125550100", text);
        Assert.Equal(HandOffOutcome.Accepted, (await Send(message)).Outcome);
        Assert.Equal(Text(message), await Arrived(message));
    }

    [Fact]
    public async Task Hands_over_many_through_one_session()
    {
        await using var session = await (await Transport()).Open(CancellationToken.None);
        for (var i = 0; i < 10; i++)
        {
            var message = Message("+12125550100", "Again");
            Assert.Equal(HandOffOutcome.Accepted, (await session.Send(Of(message), CancellationToken.None)).Outcome);
            Assert.Equal(Text(message), await Arrived(message));
            Assert.True(session.Usable);
        }
    }

    [Fact]
    public async Task Names_a_dead_number_and_takes_the_next_message()
    {
        await using var session = await (await Transport()).Open(CancellationToken.None);
        var dead = Message(Dead, "Hello");
        var answer = await session.Send(Of(dead), CancellationToken.None);
        Assert.Equal(HandOffOutcome.Bounced, answer.Outcome);
        Assert.NotNull(answer.Code);
        Assert.DoesNotContain(Dead, answer.Reply, StringComparison.Ordinal);
        Assert.NotEqual("", answer.Reply);
        Assert.Null(await Arrived(dead));
        Assert.Equal(HandOffOutcome.Accepted, (await session.Send(Of(Message("+12125550100", "Next")), CancellationToken.None)).Outcome);
    }

    [Fact]
    public async Task Names_a_later_and_takes_the_next_message()
    {
        await using var session = await (await Transport()).Open(CancellationToken.None);
        var answer = await session.Send(Of(Message(Later, "Hello")), CancellationToken.None);
        Assert.Equal(HandOffOutcome.Deferred, answer.Outcome);
        Assert.True(Outcomes.AsksForPatience(answer));
        Assert.Equal(HandOffOutcome.Accepted, (await session.Send(Of(Message("+12125550100", "Next")), CancellationToken.None)).Outcome);
    }

    protected async Task<HandOff> Send(ComposedMessage message)
    {
        await using var session = await (await Transport()).Open(CancellationToken.None);
        return await session.Send(Of(message), CancellationToken.None);
    }

    /// <summary>No two say the same, so that each is found again.</summary>
    protected static ComposedMessage Message(string to, string text)
    {
        var id = $"{Interlocked.Increment(ref number)}.{Environment.ProcessId}.{Random.Shared.NextInt64()}@text";
        return new ComposedMessage(Messaging.Letter.Send, id, "+15005550006", to, Encoding.UTF8.GetBytes($"{text} {id}"));
    }

    protected static string Text(ComposedMessage message) => Encoding.UTF8.GetString(message.Bytes.Span);
}
