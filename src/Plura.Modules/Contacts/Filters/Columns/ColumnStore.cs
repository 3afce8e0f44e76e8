namespace Plura.Contacts;

/// <summary>
/// What this node holds of accounts' contacts in memory. Each account stands for itself under its own id; the database, not this memory, is the
/// truth, and every count asks it first what changed.
/// </summary>
public sealed class ColumnStore : IDisposable
{
    private static readonly TimeSpan LookEvery = TimeSpan.FromMinutes(1);

    private readonly Dictionary<Guid, HeldAccount> accounts = [];
    private readonly Lock theirs = new();
    private readonly ITimer tidying;
    private readonly TimeProvider clock;

    public ColumnStore(ColumnLimits limits, TimeProvider clock)
    {
        (Limits, this.clock) = (limits, clock);
        tidying = clock.CreateTimer(_ => Tidy(null), null, LookEvery, LookEvery);
    }

    public ColumnLimits Limits { get; }

    /// <summary>About how much memory it takes.</summary>
    public long Bytes
    {
        get
        {
            lock (theirs)
                return accounts.Values.Sum(a => a.Bytes);
        }
    }

    /// <summary>How many counts were answered from memory.</summary>
    public long Answered { get; private set; }

    public bool Holds(Guid tenant)
    {
        lock (theirs)
            return accounts.TryGetValue(tenant, out var account) && account.Bytes > 0;
    }

    /// <summary>Forgets an account; whoever counts in it at the moment is not disturbed.</summary>
    public void Drop(Guid tenant)
    {
        lock (theirs)
            accounts.Remove(tenant);
    }

    public void Dispose() => tidying.Dispose();

    internal HeldAccount? Find(Guid tenant)
    {
        lock (theirs)
        {
            if (!accounts.TryGetValue(tenant, out var account))
                return null;
            account.UsedAt = clock.GetUtcNow();
            return account;
        }
    }

    internal HeldAccount Enter(Guid tenant)
    {
        lock (theirs)
        {
            if (!accounts.TryGetValue(tenant, out var account))
                accounts.Add(tenant, account = new HeldAccount());
            account.UsedAt = clock.GetUtcNow();
            return account;
        }
    }

    /// <summary>An account has another state now: what was not used for longest makes room for it.</summary>
    internal void Keep(HeldAccount account, ColumnSnapshot? state)
    {
        lock (theirs)
        {
            (account.State, account.Bytes, account.IsTooLarge) = (state, state?.Bytes ?? 0, state is null);
            Answered += state is null ? 0 : 1;
        }

        Tidy(account);
    }

    private void Tidy(HeldAccount? newest)
    {
        lock (theirs)
        {
            var unused = clock.GetUtcNow() - Limits.Unused;
            foreach (var (tenant, account) in accounts.Where(a => a.Value != newest && a.Value.UsedAt < unused).ToList())
                accounts.Remove(tenant);
            var bytes = accounts.Values.Sum(a => a.Bytes);
            foreach (var (tenant, account) in accounts.Where(a => a.Value != newest).OrderBy(a => a.Value.UsedAt).ToList())
            {
                if (bytes <= Limits.MostBytes)
                    break;
                bytes -= account.Bytes;
                accounts.Remove(tenant);
            }
        }
    }
}

/// <summary>One account's place in the store.</summary>
internal sealed class HeldAccount
{
    /// <summary>One brings the state up to date at a time; whoever has an older one goes on with it.</summary>
    public SemaphoreSlim Turn { get; } = new(1, 1);

    public ColumnSnapshot? State { get; set; }

    public long Bytes { get; set; }

    /// <summary>Not even its ids have room: it is not tried again while it stands here.</summary>
    public bool IsTooLarge { get; set; }

    public DateTimeOffset UsedAt { get; set; }
}
