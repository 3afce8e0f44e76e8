using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Design;
using Plura.Platform;
using Plura.Platform.Outbox;

namespace Plura.Web;

/// <summary>What <c>dotnet ef</c> needs to compare the model with the migrations; it opens no connection.</summary>
public sealed class DesignTime : IDesignTimeDbContextFactory<PluraDb>
{
    public PluraDb CreateDbContext(string[] args)
    {
        var parts = new ModelParts([typeof(PlatformModule).Assembly, .. Modules.Assemblies]);
        var options = new DbContextOptionsBuilder<PluraDb>().UsePlura("Host=localhost;Database=plura").Options;
        return new PluraDb(options, new Tenant(), parts, new OutboxCatalog(parts), [], TimeProvider.System);
    }
}
