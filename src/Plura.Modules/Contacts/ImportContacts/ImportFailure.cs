using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Plura.Contacts.Data;
using Plura.Platform;

namespace Plura.Contacts;

/// <summary>Writes down why an import or its undo failed, in a scope of its own: the failed one's connection may be broken.</summary>
public sealed class ImportFailure(IServiceScopeFactory scopes, Tenant tenant, TimeProvider clock)
{
    public async Task Tell(Guid importId, string why, CancellationToken ct)
    {
        await using var scope = scopes.CreateAsyncScope();
        scope.ServiceProvider.GetRequiredService<Tenant>().EnterAs(tenant);
        var db = scope.ServiceProvider.GetRequiredService<PluraDb>();
        var import = await db.Imports.SingleAsync(i => i.Id == importId, ct);
        if (import.State == Import.Undoing)
            import.FailUndo(why);
        else
            import.Fail(why, clock.GetUtcNow());
        await db.SaveChangesAsync(ct);
        await scope.ServiceProvider.GetRequiredService<ImportProgress>().Ring(importId, ct);
    }
}
