using System.Diagnostics;
using Npgsql;
using Plura.Platform;

namespace Plura.Bench;

/// <summary>What an area works with: the running application on a scratch cluster, how often to measure, how large.</summary>
public sealed class BenchContext(IServiceProvider services, DatabaseAddress database, string dkimKey, BenchOptions options)
{
    /// <summary>The domain whose letters are signed.</summary>
    public const string Domain = "bakery.example";

    /// <summary>The file of the RSA key with which product and references sign alike.</summary>
    public string DkimKey => dkimKey;

    /// <summary>The application's services; open a scope with <see cref="In{T}"/>.</summary>
    public IServiceProvider Services => services;

    public BenchOptions Options => options;

    /// <summary>The superuser's connection string.</summary>
    public string Owner => database.Owner;

    /// <summary>The app role's connection string.</summary>
    public string App => database.App;

    /// <summary>A size: the whole of it, or a tenth with <c>--short</c>.</summary>
    public int Size(int full) => (options.Size ?? full) / (options.Short ? 10 : 1);

    /// <summary>Works in a scope of its own inside a tenant.</summary>
    public async Task<T> In<T>(Guid tenant, Func<IServiceProvider, Task<T>> work)
    {
        await using var scope = Microsoft.Extensions.DependencyInjection.ServiceProviderServiceExtensions.CreateAsyncScope(services);
        ((Tenant)scope.ServiceProvider.GetService(typeof(Tenant))!).Enter(tenant);
        ((Actor)scope.ServiceProvider.GetService(typeof(Actor))!).BecomeSystem("bench");
        return await work(scope.ServiceProvider);
    }

    /// <summary>
    /// Measures the product and the reference by turns, A B A B, after one round of each that does not count. Each answers its own
    /// figure: a rate (work per second) or a time. The ratios are product / reference, one per round.
    /// </summary>
    /// <param name="turns">Into how many turns a round is cut, so that whatever else the machine does meets both alike. Only for times: they are added up.</param>
    public async Task<Measured> Compare(Func<int, Task<double>> product, Func<int, Task<double>> reference, int turns = 1)
    {
        var (products, references) = (new List<double>(), new List<double>());
        for (var round = 0; round <= options.Rounds; round++)
        {
            var (a, b) = (0d, 0d);
            for (var turn = 0; turn < turns; turn++)
                (a, b) = (a + await product(round), b + await reference(round));
            if (round == 0)
                continue;
            products.Add(a);
            references.Add(b);
        }

        return new Measured(products, references);
    }

    /// <summary>The seconds that the work took.</summary>
    public static async Task<double> Seconds(Func<Task> work)
    {
        var start = Stopwatch.GetTimestamp();
        await work();
        return Stopwatch.GetElapsedTime(start).TotalSeconds;
    }

    public async Task<NpgsqlConnection> OpenOwner()
    {
        var open = new NpgsqlConnection(Prepared(database.Owner));
        await open.OpenAsync();
        return open;
    }

    public async Task<NpgsqlConnection> OpenApp(Guid tenant)
    {
        var open = new NpgsqlConnection(Prepared(database.App));
        await open.OpenAsync();
        await using var enter = TenantConnections.Set(open, tenant);
        await enter.ExecuteNonQueryAsync();
        return open;
    }

    /// <summary>Statements are prepared after a few uses, as the product's own pool does.</summary>
    private static string Prepared(string connection) => new NpgsqlConnectionStringBuilder(connection) { MaxAutoPrepare = 64 }.ConnectionString;
}

public sealed record Measured(IReadOnlyList<double> Product, IReadOnlyList<double> Reference)
{
    public IReadOnlyList<double> Ratios => [.. Product.Zip(Reference, (a, b) => a / b)];
}

/// <param name="Area">Only this one, or null for all.</param>
/// <param name="Rounds">Rounds that count.</param>
/// <param name="Short">A tenth of the size and four fifths of the floors.</param>
/// <param name="Size">How many things the area works with, instead of its usual number; for the import one file of so many rows, for its time and memory, instead of the comparisons.</param>
public sealed record BenchOptions(string? Area, int Rounds, bool Short, int? Size = null);
