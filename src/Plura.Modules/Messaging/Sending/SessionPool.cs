using System.Collections.Concurrent;

namespace Plura.Messaging;

/// <summary>Keeps open sessions between runs, so that a slow dispatch does not greet its server for every message.</summary>
public sealed class SessionPool(ITransport transport) : IAsyncDisposable
{
    private readonly ConcurrentBag<ITransportSession> idle = [];

    public async Task<ITransportSession> Take(CancellationToken ct)
    {
        while (idle.TryTake(out var session))
        {
            if (session.Usable)
                return session;
            await session.DisposeAsync();
        }

        return await transport.Open(ct);
    }

    public async Task Give(ITransportSession session)
    {
        if (session.Usable)
            idle.Add(session);
        else
            await session.DisposeAsync();
    }

    /// <summary>Says goodbye on every idle session.</summary>
    public async Task Close()
    {
        while (idle.TryTake(out var session))
            await session.DisposeAsync();
    }

    public async ValueTask DisposeAsync() => await Close();
}
