using System.ComponentModel.DataAnnotations;
using System.Net;
using System.Threading.RateLimiting;
using Microsoft.Extensions.Options;
using Plura.Platform;

namespace Plura.Conversations;

public sealed class ChatOptions
{
    public const string Section = "Chat";

    /// <summary>How many sessions one connection to the network may begin with one business in a minute, on each node.</summary>
    [Range(1, 100_000)]
    public int BeginsPerMinute { get; set; } = 10;

    /// <summary>How many messages one visitor may write in a minute; one connection to the network three times as many.</summary>
    [Range(1, 100_000)]
    public int MessagesPerMinute { get; set; } = 20;

    /// <summary>How many streams one visitor may have open: tabs that share a remembered chat.</summary>
    [Range(1, 100)]
    public int StreamsPerVisitor { get; set; } = 4;
}

/// <summary>Keeps one visitor, and one connection to the network, from using up what all need. Counted per node, like calls of programs.</summary>
public sealed class ChatLimits : IDisposable
{
    private static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);
    private readonly PartitionedRateLimiter<Turn> turns;
    private readonly PartitionedRateLimiter<Guid> streams;

    public ChatLimits(IOptions<ChatOptions> options)
    {
        var settings = options.Value;
        turns = PartitionedRateLimiter.Create<Turn, Turn>(turn => RateLimitPartition.GetSlidingWindowLimiter(
            turn, t => new SlidingWindowRateLimiterOptions { PermitLimit = Most(t, settings), Window = Minute, SegmentsPerWindow = 6 }));
        streams = PartitionedRateLimiter.Create<Guid, Guid>(session => RateLimitPartition.GetConcurrencyLimiter(
            session, _ => new ConcurrencyLimiterOptions { PermitLimit = settings.StreamsPerVisitor }));
    }

    public static Refusal TooFast => Refusal.Limit("chat.too_fast", "That was a little fast. Please wait a minute, and try again.");

    /// <summary>Counts a call of a connection to the network.</summary>
    public Refusal? Take(string act, string chat, IPAddress? address) => Take(new Turn(act, $"{chat} {(address is null ? "" : Networks.Cut(address))}", Visitor: false));

    /// <summary>Counts a call of a visitor.</summary>
    public Refusal? Take(string act, Guid session) => Take(new Turn(act, session.ToString(), Visitor: true));

    /// <summary>A place for a stream, until it is disposed; null where the visitor has as many as may be.</summary>
    public RateLimitLease? Stream(Guid session)
    {
        var lease = streams.AttemptAcquire(session);
        if (lease.IsAcquired)
            return lease;
        lease.Dispose();
        return null;
    }

    public void Dispose()
    {
        turns.Dispose();
        streams.Dispose();
    }

    private Refusal? Take(Turn turn)
    {
        using var lease = turns.AttemptAcquire(turn);
        return lease.IsAcquired ? null : TooFast;
    }

    private static int Most(Turn turn, ChatOptions settings) => (turn.Act, turn.Visitor) switch
    {
        (ChatCalls.Begin, _) => settings.BeginsPerMinute,
        (ChatCalls.Introduce, true) => 5,
        (ChatCalls.Introduce, false) => 15,
        (ChatCalls.Say, true) => settings.MessagesPerMinute,
        (ChatCalls.Say, false) => settings.MessagesPerMinute * 3,
        (_, true) => 30,
        _ => 120,
    };

    private sealed record Turn(string Act, string Who, bool Visitor);
}
