using System.Reflection;
using System.Security.Cryptography;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.EntityFrameworkCore;
using Npgsql;
using Plura.Platform.Outbox;
using Plura.Platform.Postgres;

namespace Plura.Platform;

public static class PlatformModule
{
    public static IServiceCollection AddPlatform(this IServiceCollection services, IConfiguration configuration, IReadOnlyList<Assembly> assemblies)
    {
        var parts = new ModelParts([typeof(PlatformModule).Assembly, .. assemblies]);
        var catalog = new OutboxCatalog(parts);
        services.AddSingleton(parts).AddSingleton(catalog);
        services.TryAddSingleton(TimeProvider.System);
        services.AddSingleton(_ => new DataFolder(configuration["PLURA_DATA"] is { Length: > 0 } folder ? folder : "data"));
        services.AddSingleton<CookieRules>();
        services.AddSingleton<KeyFiles>().AddSingleton<KeyNames>();
        services.AddSingleton(sp => Address(sp, configuration));
        services.AddSingleton(sp => NpgsqlDataSource.Create(new NpgsqlConnectionStringBuilder(sp.GetRequiredService<DatabaseAddress>().App) { MaxPoolSize = 60, MaxAutoPrepare = 64 }.ConnectionString));
        services.AddSingleton<Database>();
        services.AddScoped<Tenant>();
        services.AddScoped<Actor>();
        services.AddScoped<Viewer>();
        services.AddScoped<AuditTrail>();
        services.AddScoped<AuditWrites>();
        services.AddScoped<ILive, LiveRings>();
        services.AddScoped<Stay>();
        services.AddSingleton<LiveParts>().AddSingleton<LiveTopics>().AddSingleton<LiveStream>();
        services.AddScoped<TenantConnections>();
        services.AddScoped<TenantWrites>();
        services.AddDbContext<PluraDb>((sp, options) => options
            .UsePlura()
            // The entry of the audit log before the stamp: it is a row of the tenant like any other.
            .AddInterceptors(sp.GetRequiredService<TenantConnections>(), sp.GetRequiredService<AuditWrites>(), sp.GetRequiredService<TenantWrites>()));

        services.AddSingleton<Node>().AddSingleton<Wakeups>().AddSingleton<Burial>().AddSingleton<Dispatcher>();
        services.AddScoped<DeadLetters>().AddScoped<OutboxReport>();
        foreach (var handler in parts.Assemblies.SelectMany(a => a.GetTypes()).Where(IsHandler).Concat(catalog.Subscribers).Distinct())
            services.AddScoped(handler);
        return services;
    }

    /// <summary>What runs beside the requests: the node's lock and the wake-ups always, the dispatcher in a worker.</summary>
    public static IServiceCollection AddPlatformWork(this IServiceCollection services, bool worker)
    {
        services.AddHostedService(sp => sp.GetRequiredService<Node>());
        services.AddHostedService(sp => sp.GetRequiredService<Wakeups>());
        if (worker)
            services.AddHostedService<DispatcherService>();
        return services;
    }

    private static bool IsHandler(Type type) =>
        type is { IsClass: true, IsAbstract: false, IsNested: false } && type.Name.EndsWith("Handler", StringComparison.Ordinal) && !typeof(Delegate).IsAssignableFrom(type);

    private static DatabaseAddress Address(IServiceProvider services, IConfiguration configuration)
    {
        if (DatabaseAddress.Own(configuration) is { } own)
            return own;
        var cluster = services.GetRequiredService<Cluster>();
        var folder = services.GetRequiredService<DataFolder>();
        var file = Path.Combine(folder.Keys, "plura_app.password");
        if (!File.Exists(file))
            folder.WriteSecret(file, Convert.ToHexString(RandomNumberGenerator.GetBytes(24)));
        var password = File.ReadAllText(file);
        using (var connection = new NpgsqlConnection(cluster.OwnerConnection("postgres") + ";Pooling=false"))
        {
            connection.Open();
            using var exists = new NpgsqlCommand("select count(*) from pg_database where datname = 'plura'", connection);
            if ((long)exists.ExecuteScalar()! == 0)
            {
                using var create = new NpgsqlCommand("create database plura", connection);
                create.ExecuteNonQuery();
            }
        }

        return new DatabaseAddress(cluster.OwnerConnection("plura"), cluster.Connection("plura", "plura_app", password), "plura", password);
    }
}
