using System.Net.ServerSentEvents;
using System.Runtime.CompilerServices;
using System.Threading.RateLimiting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Plura.Platform;

namespace Plura.Conversations;

/// <summary>One message as its visitor sees it.</summary>
/// <param name="From"><c>you</c> or <c>them</c>; who of the business wrote is not said.</param>
public sealed record ChatItem(Guid Id, string From, string Text, DateTimeOffset At);

/// <summary>
/// What a visitor's open page hears: the messages of their session, at once and as they come. While it is open the visitor is here; what it took
/// they have seen.
/// </summary>
public sealed class ChatStream(IServiceScopeFactory scopes, LiveTopics topics, IHostApplicationLifetime lifetime)
{
    // Shorter than it takes to count as gone, by far: a heartbeat may be lost.
    private static readonly TimeSpan Heartbeat = TimeSpan.FromSeconds(15);
    private static readonly TimeSpan Longest = TimeSpan.FromMinutes(15);

    public static string Topic(Guid session) => $"chat:{session}";

    /// <param name="call">Whose.</param>
    /// <param name="after">The last message that the page has; null for all.</param>
    /// <param name="follow">False for only what is there now.</param>
    /// <param name="place">Given back at the end.</param>
    /// <param name="aborted">The page has gone.</param>
    public async IAsyncEnumerable<SseItem<ChatItem?>> Events(ChatCall call, Guid? after, bool follow, RateLimitLease place, [EnumeratorCancellation] CancellationToken aborted)
    {
        using var held = place;
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(aborted, lifetime.ApplicationStopping);
        stop.CancelAfter(Longest);
        using var ear = topics.Listen(call.Tenant, [Topic(call.Session)]);
        var told = new HashSet<Guid>();
        try
        {
            while (!stop.IsCancellationRequested && await Visit(call, after, told, follow, stop.Token) is { } news)
            {
                foreach (var item in news)
                    yield return new SseItem<ChatItem?>(item, "message");
                // We are asked for more only when all of these are written.
                told.UnionWith(news.Select(n => n.Id));
                await In(call, visits => visits.Took([.. news.Where(n => n.From == ChatVisits.Them).Select(n => n.Id)]));
                if (!follow)
                    yield break;
                if (news.Count == 0)
                    yield return new SseItem<ChatItem?>(null, "ping");
                if (!await Wait(ear, stop.Token))
                    yield break;
            }
        }
        finally
        {
            if (follow)
                await In(call, visits => visits.Leave(call.Session));
        }
    }

    /// <summary>What is new; null where the session is gone, or the stream is to end.</summary>
    private async Task<IReadOnlyList<ChatItem>?> Visit(ChatCall call, Guid? after, HashSet<Guid> told, bool follow, CancellationToken ct)
    {
        try
        {
            return await In(call, async visits => !follow || await visits.Come(call.Session, ct) ? (await visits.Messages(call.Session, after, ct)).Where(m => !told.Contains(m.Id)).ToList() : null);
        }
        catch (OperationCanceledException) when (ct.IsCancellationRequested)
        {
            return null;
        }
    }

    /// <summary>Until something rings, or a heartbeat is due; false when the stream ends.</summary>
    private static async Task<bool> Wait(LiveEar ear, CancellationToken ct)
    {
        try
        {
            await ear.Wait(Heartbeat, ct);
            return true;
        }
        catch (OperationCanceledException)
        {
            return false;
        }
    }

    private async Task<T> In<T>(ChatCall call, Func<ChatVisits, Task<T>> work)
    {
        await using var scope = scopes.CreateAsyncScope();
        scope.ServiceProvider.GetRequiredService<Tenant>().Enter(call.Tenant);
        scope.ServiceProvider.GetRequiredService<Actor>().BecomeSystem("web chat");
        return await work(scope.ServiceProvider.GetRequiredService<ChatVisits>());
    }
}
