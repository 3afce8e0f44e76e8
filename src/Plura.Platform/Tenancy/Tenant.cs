namespace Plura.Platform;

/// <summary>
/// The account inside which this scope works. Resolved once (by slug, token, host, link or job envelope), then frozen:
/// a scope that could change its tenant could mix two.
/// </summary>
public sealed class Tenant
{
    private Guid? id;

    public Guid? Current => id;

    /// <summary>The tenant's id; throws where none was resolved, because then nothing tenant-owned may be touched.</summary>
    public Guid Id => id ?? throw new InvalidOperationException("No account was resolved for this scope.");

    /// <summary>Whose contacts this scope sees; null where it sees everybody's. PostgreSQL reads it too (<c>plura.assignees</c>).</summary>
    public IReadOnlyList<Guid>? Assignees { get; private set; }

    public void Enter(Guid tenantId)
    {
        if (id is { } existing && existing != tenantId)
            throw new InvalidOperationException("This scope already works inside another account.");
        id = tenantId;
    }

    /// <summary>From here on only what is assigned to these people is seen. Once, like the account: a scope that could widen its sight could show too much.</summary>
    public void Narrow(IEnumerable<Guid> assignees)
    {
        if (Assignees is not null)
            throw new InvalidOperationException("This scope's sight is narrowed already.");
        Assignees = [.. assignees];
        if (Assignees.Count == 0)
            throw new InvalidOperationException("A narrowed sight needs somebody whose work it shows.");
    }

    /// <summary>For a scope inside another: the same account, and no more of it than the other sees.</summary>
    public void EnterAs(Tenant other)
    {
        Enter(other.Id);
        if (other.Assignees is { } assignees)
            Narrow(assignees);
    }
}

/// <summary>A row that belongs to one account. Its key is <c>(tenant_id, id)</c>, and row security guards it.</summary>
public interface ITenantOwned
{
    Guid TenantId { get; }
}

/// <summary>A table without row security: what must be read before the tenant is known. As few and as small as can be.</summary>
[AttributeUsage(AttributeTargets.Class)]
public sealed class SharedAcrossTenantsAttribute(string reason) : Attribute
{
    public string Reason { get; } = reason;
}

/// <summary>Rows that are only ever added: the app's role may insert and read; PostgreSQL refuses the rest.</summary>
[AttributeUsage(AttributeTargets.Class)]
public sealed class AppendOnlyAttribute : Attribute;
