using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using Npgsql;

namespace Plura.Platform.Postgres;

/// <summary>
/// The installation's private PostgreSQL in <c>PLURA_DATA/pg</c>: made when absent, started when down, taken over when it already
/// runs (a command beside the host). It listens on loopback only, with a password that is in <c>PLURA_DATA/keys</c>.
/// </summary>
public sealed class Cluster : IDisposable
{
    private static readonly TimeSpan StartLimit = TimeSpan.FromSeconds(60);
    private readonly DataFolder folder;
    private readonly ClusterProcess process;
    private readonly string password;

    private Cluster(DataFolder folder, ClusterProcess process, string password, int port) =>
        (this.folder, this.process, this.password, Port) = (folder, process, password, port);

    public int Port { get; }

    /// <summary>Connects as the superuser: migrations and set-up only.</summary>
    public string OwnerConnection(string database) => Connection(database, "postgres", password);

    public string Connection(string database, string user, string secret) => new NpgsqlConnectionStringBuilder
    {
        Host = "127.0.0.1",
        Port = Port,
        Database = database,
        Username = user,
        Password = secret,
        IncludeErrorDetail = false,
    }.ConnectionString;

    /// <param name="folder">Where the cluster lives.</param>
    /// <param name="dieWithUs">True for the host: PostgreSQL then stops even when the host is killed. A command leaves a running one alone.</param>
    public static Cluster Start(DataFolder folder, bool dieWithUs)
    {
        var binaries = PostgresBinaries.Find(AppContext.BaseDirectory);
        using var turn = Turn(folder);
        var process = new ClusterProcess(binaries, folder);
        var password = Password(folder, process);
        if (RunningPort(folder) is { } running && Answers(running, password))
            return new Cluster(folder, process, password, running);

        var port = FreePort();
        process.Start(port, dieWithUs);
        var until = Stopwatch.StartNew();
        while (!Answers(port, password))
        {
            if (until.Elapsed > StartLimit || process.Exited)
                throw new PlainException($"The private PostgreSQL did not start. Its log is in {Path.Combine(folder.Cluster, "log")}.");
            process.Pause(TimeSpan.FromMilliseconds(25));
        }

        return new Cluster(folder, process, password, port);
    }

    /// <summary>Stops PostgreSQL unless another program still works with it.</summary>
    public void Dispose()
    {
        NpgsqlConnection.ClearAllPools();
        if (RunningPort(folder) is not { } port || !Answers(port, password) || OthersAreConnected())
            return;
        process.Stop();
    }

    private bool OthersAreConnected()
    {
        using var connection = new NpgsqlConnection(OwnerConnection("postgres") + ";Pooling=false");
        connection.Open();
        using var command = new NpgsqlCommand("select count(*) from pg_stat_activity where backend_type = 'client backend' and pid <> pg_backend_pid()", connection);
        // Our own pooled connections close a moment after the pools were cleared; a connection that stays is somebody else's.
        for (var look = 0; look < 10; look++)
        {
            if ((long)command.ExecuteScalar()! == 0)
                return false;
            process.Pause(TimeSpan.FromMilliseconds(50));
        }

        return true;
    }

    private static string Password(DataFolder folder, ClusterProcess process)
    {
        var file = Path.Combine(folder.Keys, "postgres.password");
        if (File.Exists(Path.Combine(folder.Cluster, "PG_VERSION")))
        {
            return File.Exists(file)
                ? File.ReadAllText(file)
                : throw new PlainException($"{folder.Cluster} holds a database, but its password {file} is missing. Restore the keys folder from your backup.");
        }

        var password = Convert.ToHexString(RandomNumberGenerator.GetBytes(24));
        folder.WriteSecret(file, password);
        process.Initialise(password);
        return password;
    }

    /// <summary>PostgreSQL itself writes its port into the fourth line of <c>postmaster.pid</c>.</summary>
    private static int? RunningPort(DataFolder folder)
    {
        var file = Path.Combine(folder.Cluster, "postmaster.pid");
        if (!File.Exists(file))
            return null;
        var lines = File.ReadAllLines(file);
        return lines.Length > 3 && int.TryParse(lines[3], NumberStyles.Integer, CultureInfo.InvariantCulture, out var port) ? port : null;
    }

    private static bool Answers(int port, string password)
    {
        try
        {
            using var connection = new NpgsqlConnection($"Host=127.0.0.1;Port={port};Database=postgres;Username=postgres;Password={password};Pooling=false;Timeout=5");
            connection.Open();
            return true;
        }
        catch (NpgsqlException)
        {
            return false;
        }
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    /// <summary>Two programs that start at once take turns, so that only one makes or starts the cluster.</summary>
    private static FileStream Turn(DataFolder folder)
    {
        var waited = Stopwatch.StartNew();
        while (true)
        {
            try
            {
                return new FileStream(Path.Combine(folder.Root, "pg.turn"), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
            }
            catch (IOException) when (waited.Elapsed < StartLimit)
            {
                ClusterProcess.Wait(TimeSpan.FromMilliseconds(50));
            }
        }
    }
}

/// <summary>A failure whose message is for the person who started the program; it is shown without a stack trace.</summary>
public sealed class PlainException(string message) : Exception(message);
