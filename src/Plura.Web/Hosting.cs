using Plura.Platform;
using Plura.Platform.Postgres;
using Plura.Web.Demo;

namespace Plura.Web;

/// <summary>What the server and the commands have in common: settings, the platform, the modules.</summary>
public static class Hosting
{
    public static WebApplicationBuilder Builder(string[] args, bool asHost)
    {
        // The content root is the binary's folder, so that bin/plura works from anywhere.
        var builder = WebApplication.CreateBuilder(new WebApplicationOptions { Args = args, ContentRootPath = ContentRoot(), ApplicationName = typeof(Hosting).Assembly.GetName().Name });
        // Statements are for a debugger's session, not for every start; they also bury what matters.
        builder.Logging.AddFilter("Microsoft.EntityFrameworkCore", LogLevel.Warning);
        builder.Services.AddPlatform(builder.Configuration, Modules.Assemblies);
        builder.Services.AddSingleton(sp => Cluster.Start(sp.GetRequiredService<DataFolder>(), dieWithUs: asHost));
        builder.Services.AddSingleton<SeedDemo>().AddSingleton<ICommand, SeedDemoCommand>();
        foreach (var module in Modules.All)
        {
            builder.Services.AddSingleton(module);
            module.Add(builder.Services, builder.Configuration);
        }

        return builder;
    }

    /// <summary>Brings the database to this version and puts in place what must stand before anybody is served.</summary>
    public static async Task Prepare(this IServiceProvider services, CancellationToken ct)
    {
        await services.GetRequiredService<Database>().Migrate(ct);
        await using var scope = services.CreateAsyncScope();
        foreach (var startup in scope.ServiceProvider.GetServices<IStartupStep>())
            await startup.Run(scope.ServiceProvider, ct);
    }

    private static string ContentRoot()
    {
        var source = Path.Combine(Directory.GetCurrentDirectory(), "src", "Plura.Web");
        return Directory.Exists(source) ? source : AppContext.BaseDirectory;
    }
}
