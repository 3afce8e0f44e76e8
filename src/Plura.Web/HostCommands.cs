using Plura.Platform;

namespace Plura.Web;

internal sealed class MigrateCommand : ICommand
{
    public string Name => "migrate";

    public string Help => "brings the database to this version";

    // Every command migrates before it runs; this one does nothing else.
    public Task<object> Run(CommandOptions options, IServiceProvider services, CancellationToken ct) =>
        Task.FromResult<object>(new { migrated = true, version = typeof(MigrateCommand).Assembly.GetName().Version?.ToString(3) });
}

internal sealed class RoutesCommand : ICommand
{
    public string Name => "routes";

    public string Help => "lists every address with its permission";

    public Task<object> Run(CommandOptions options, IServiceProvider services, CancellationToken ct) => Task.FromResult<object>(Routes());

    private static List<object> Routes()
    {
        var builder = Hosting.Builder([], asHost: false);
        Serving.Register(builder);
        using var app = builder.Build();
        Serving.Endpoints(app);
        return [.. RouteTable.Of(app).Select(r => new { method = r.Method, path = r.Path, permission = r.Permission, module = r.Module })];
    }
}
