using System.Collections.Concurrent;
using Plura.Messaging;

namespace Plura.Tests.Messaging;

/// <summary>A provider that answers what the test says and remembers what it took.</summary>
public sealed class ScriptedTransport : IEmailTransport
{
    private readonly ConcurrentQueue<ComposedMessage> taken = new();
    private int opened;
    private readonly ConcurrentDictionary<string, int> tries = new(StringComparer.Ordinal);

    public string Name => "scripted";

    public int Connections { get; set; } = 4;

    /// <summary>No session can be opened while this is so.</summary>
    public bool Down { get; set; }

    /// <summary>The answer for an address at its n-th try; accepts by default.</summary>
    public Func<string, int, HandOff> Answer { get; set; } = (_, _) => Accepted;

    /// <summary>Runs when a message has begun, before the answer.</summary>
    public Func<ComposedMessage, Task> During { get; set; } = _ => Task.CompletedTask;

    public static HandOff Accepted => new(HandOffOutcome.Accepted, 250, "2.0.0", "queued");

    public static HandOff Busy => new(HandOffOutcome.Deferred, 451, "4.2.0", "mailbox busy");

    public static HandOff Throttled => new(HandOffOutcome.Deferred, 421, "4.7.0", "too many messages");

    public static HandOff Dead => new(HandOffOutcome.Bounced, 550, "5.1.1", "no such user");

    public static HandOff Refused => new(HandOffOutcome.Refused, 554, "5.7.1", "not from you");

    public static HandOff Lost => new(HandOffOutcome.Unknown, null, null, "");

    public static HandOff NotBegun => new(HandOffOutcome.NotBegun, null, null, "");

    /// <summary>Every message that began, in order, whatever was answered.</summary>
    public IReadOnlyList<ComposedMessage> Begun => [.. taken];

    /// <summary>How many have begun.</summary>
    public int Count => taken.Count;

    public IEnumerable<string> Addresses => taken.Select(m => m.EnvelopeTo);

    /// <summary>How often the server was greeted.</summary>
    public int Opened => opened;

    public Task<ITransportSession> Open(CancellationToken ct)
    {
        if (Down)
            throw new TransportDownException("No answer.");
        Interlocked.Increment(ref opened);
        return Task.FromResult<ITransportSession>(new Session(this));
    }

    private sealed class Session(ScriptedTransport transport) : ITransportSession
    {
        public bool Usable { get; private set; } = true;

        public async Task<HandOff> Send(AuthorizedMessage message, CancellationToken ct)
        {
            await Task.Yield();
            transport.taken.Enqueue(message.Message);
            await transport.During(message.Message);
            var answer = transport.Answer(message.Message.EnvelopeTo, transport.tries.AddOrUpdate(message.Message.EnvelopeTo, 1, (_, n) => n + 1));
            Usable = answer.Outcome is not (HandOffOutcome.Unknown or HandOffOutcome.NotBegun);
            return answer;
        }

        public ValueTask DisposeAsync() => ValueTask.CompletedTask;
    }
}
