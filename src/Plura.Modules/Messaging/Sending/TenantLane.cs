using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using Plura.Accounts.Contracts;
using Plura.Contacts.Contracts;
using Plura.Platform;
using Plura.Privacy.Contracts;

namespace Plura.Messaging;

/// <summary>One account's side of a pump run: its scope, its gate, its letters compiled so far.</summary>
public sealed class TenantLane : IAsyncDisposable
{
    private readonly AsyncServiceScope scope;
    private readonly IComposer composer;
    private readonly IReadOnlyList<IRecipientSource> sources;
    private readonly Dictionary<Guid, ICompiledLetter> letters = [];

    private TenantLane(AsyncServiceScope scope, Guid tenantId)
    {
        this.scope = scope;
        TenantId = tenantId;
        scope.ServiceProvider.GetRequiredService<Tenant>().Enter(tenantId);
        scope.ServiceProvider.GetRequiredService<Actor>().BecomeSystem("pump");
        Gate = scope.ServiceProvider.GetRequiredService<IGate>();
        composer = scope.ServiceProvider.GetRequiredService<IComposer>();
        sources = [.. scope.ServiceProvider.GetServices<IRecipientSource>()];
    }

    public Guid TenantId { get; }

    public IGate Gate { get; }

    /// <summary>As of this run: a suspension stops the next run at the latest, and the gate sees it for every message.</summary>
    public bool Suspended { get; private set; }

    public static async Task<TenantLane> Enter(IServiceScopeFactory scopes, Guid tenantId, CancellationToken ct)
    {
        var lane = new TenantLane(scopes.CreateAsyncScope(), tenantId);
        await lane.Look(ct);
        return lane;
    }

    /// <summary>Asks again whether the account may send at all.</summary>
    public async Task Look(CancellationToken ct) =>
        Suspended = (await scope.ServiceProvider.GetRequiredService<IAccountDirectory>().Account(TenantId, ct))?.Suspended ?? true;

    public async Task<ICompiledLetter> Letter(Guid contentId, CancellationToken ct)
    {
        if (letters.TryGetValue(contentId, out var known))
            return known;
        return letters[contentId] = await composer.Compile(contentId, ct);
    }

    public Task<IReadOnlyDictionary<Guid, Recipient>> Recipients(NpgsqlConnection connection, string origin, IReadOnlyCollection<Guid> contactPointIds, CancellationToken ct)
    {
        var source = sources.FirstOrDefault(s => s.Serves(origin)) ?? throw new InvalidOperationException($"Nobody knows the recipients of {origin}.");
        return source.Load(connection, origin, contactPointIds, ct);
    }

    public ValueTask DisposeAsync() => scope.DisposeAsync();
}
