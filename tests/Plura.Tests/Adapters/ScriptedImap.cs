using System.Collections.Concurrent;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Plura.Tests.Adapters;

/// <summary>A small IMAP server: folders with mails, and whatever goes wrong between two machines when a test asks for it.</summary>
public sealed class ScriptedImap : IAsyncDisposable
{
    private readonly TcpListener listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource stop = new();
    private readonly ConcurrentDictionary<Session, bool> sessions = new();
    private readonly ConcurrentBag<Task> talks = [];
    private readonly Lock door = new();
    private readonly Dictionary<string, List<StoredMail>> folders = new(StringComparer.OrdinalIgnoreCase) { ["INBOX"] = [], ["Done"] = [] };
    private readonly Task accepting;
    private int lastId;

    public ScriptedImap()
    {
        listener.Start();
        accepting = Accept();
    }

    public int Port => ((IPEndPoint)listener.LocalEndpoint).Port;

    public bool Idle { get; init; } = true;

    public bool Move { get; init; } = true;

    public string Password { get; set; } = "open sesame";

    /// <summary>How many connections there ever were, and how many signed in.</summary>
    public int Connections { get; private set; }

    public int SignIns { get; private set; }

    public int Open => sessions.Count;

    /// <summary>So many times the connection breaks at the moment when a mail was handed out and before it could be marked.</summary>
    public int BreakBeforeMark { get; set; }

    /// <summary>Every command, without its tag.</summary>
    public ConcurrentQueue<string> Heard { get; } = new();

    public async Task Deliver(params byte[][] mails)
    {
        lock (door)
        {
            foreach (var mail in mails)
                folders["INBOX"].Add(new StoredMail(++lastId, mail));
        }

        foreach (var session in sessions.Keys.Where(s => s.Idling))
            await Tell(session);
    }

    public IReadOnlyList<StoredMail> Of(string folder)
    {
        lock (door)
            return [.. folders[folder]];
    }

    /// <summary>Every connection breaks now.</summary>
    public void Break()
    {
        foreach (var session in sessions.Keys)
        {
            session.Idling = false;
            session.Client.Close();
        }
    }

    public async ValueTask DisposeAsync()
    {
        await stop.CancelAsync();
        listener.Stop();
        Break();
        await accepting;
        await Task.WhenAll(talks);
        stop.Dispose();
    }

    private async Task Accept()
    {
        try
        {
            while (true)
            {
                var session = new Session(await listener.AcceptTcpClientAsync(stop.Token));
                Connections++;
                sessions[session] = true;
                talks.Add(Talk(session));
            }
        }
        catch (Exception error) when (error is OperationCanceledException or SocketException or ObjectDisposedException || stop.IsCancellationRequested)
        {
            // The test is over.
        }
    }

    private async Task Talk(Session session)
    {
        try
        {
            await session.Say($"* OK [{Capabilities}] ready");
            while (await session.Read(stop.Token) is { } line)
            {
                var parts = line.Split(' ', 2);
                if (parts.Length < 2)
                    continue;
                Heard.Enqueue(parts[1]);
                if (!await Answer(session, parts[0], parts[1]))
                    break;
            }
        }
        catch (Exception error) when (error is IOException or ObjectDisposedException or OperationCanceledException or InvalidOperationException)
        {
            // The connection broke.
        }
        finally
        {
            sessions.TryRemove(session, out _);
            session.Client.Dispose();
        }
    }

    private async Task<bool> Answer(Session session, string tag, string command)
    {
        var words = command.Split(' ');
        var verb = words[0].Equals("UID", StringComparison.OrdinalIgnoreCase) ? "UID " + words[1].ToUpperInvariant() : words[0].ToUpperInvariant();
        switch (verb)
        {
            case "LOGIN":
                var right = command.EndsWith($"\"{Password}\"", StringComparison.Ordinal);
                SignIns += right ? 1 : 0;
                await session.Say(right ? $"{tag} OK in" : $"{tag} NO [AUTHENTICATIONFAILED] no");
                break;
            case "LIST":
                var name = words[^1].Trim('"');
                await session.Say($"* LIST ({(name.Length == 0 ? "\\Noselect" : "")}) \"/\" \"{name}\"", $"{tag} OK listed");
                break;
            case "SELECT":
                session.Folder = words[1].Trim('"');
                session.Told = Of(session.Folder).Count;
                await session.Say($"* {Of(session.Folder).Count} EXISTS", "* 0 RECENT", "* FLAGS (\\Seen \\Deleted)", "* OK [PERMANENTFLAGS (\\Seen \\Deleted)] kept", "* OK [UIDVALIDITY 7] same", $"* OK [UIDNEXT {lastId + 1}] next", $"{tag} OK [READ-WRITE] open");
                break;
            case "UID SEARCH":
                await session.Say("* SEARCH" + string.Concat(Of(session.Folder).Where(m => !m.Seen).Select(m => $" {m.Id}")), $"{tag} OK found");
                break;
            case "UID FETCH":
                await Fetch(session, tag, words[2], command);
                break;
            case "UID STORE" when BreakBeforeMark > 0:
                BreakBeforeMark--;
                return false;
            case "UID STORE":
                foreach (var mail in Chosen(session, words[2]))
                    mail.Seen |= command.Contains("\\Seen", StringComparison.OrdinalIgnoreCase);
                await session.Say($"{tag} OK stored");
                break;
            case "UID MOVE":
                await Take(session, tag, Chosen(session, words[2]), words[3].Trim('"'));
                break;
            case "IDLE":
                session.Idling = true;
                await session.Say("+ waiting");
                if (session.Told != Of(session.Folder).Count)
                    await Tell(session);
                await session.Read(stop.Token);
                session.Idling = false;
                await session.Say($"{tag} OK done");
                break;
            case "LOGOUT":
                await session.Say("* BYE", $"{tag} OK bye");
                return false;
            case "CAPABILITY":
                await session.Say($"* {Capabilities}", $"{tag} OK these");
                break;
            default:
                await session.Say(verb is "NOOP" ? $"{tag} OK" : $"{tag} BAD what");
                break;
        }

        return true;
    }

    private string Capabilities => $"CAPABILITY IMAP4rev1 UIDPLUS{(Idle ? " IDLE" : "")}{(Move ? " MOVE" : "")}";

    private Task Tell(Session session)
    {
        session.Told = Of(session.Folder).Count;
        return session.Say($"* {session.Told} EXISTS");
    }

    private async Task Fetch(Session session, string tag, string set, string command)
    {
        foreach (var mail in Chosen(session, set))
        {
            var number = Of(session.Folder).ToList().FindIndex(m => m.Id == mail.Id) + 1;
            if (!command.Contains("BODY", StringComparison.OrdinalIgnoreCase))
            {
                await session.Say($"* {number} FETCH (UID {mail.Id} RFC822.SIZE {mail.Source.Length} FLAGS ({(mail.Seen ? "\\Seen" : "")}))");
                continue;
            }

            var cut = command.IndexOf("]<0.", StringComparison.Ordinal);
            var most = cut < 0 ? mail.Source.Length : int.Parse(command[(cut + 4)..].Split('>')[0], CultureInfo.InvariantCulture);
            var bytes = mail.Source[..Math.Min(most, mail.Source.Length)];
            await session.Literal($"* {number} FETCH (UID {mail.Id} BODY[]{(cut < 0 ? "" : "<0>")} ", bytes);
        }

        await session.Say($"{tag} OK fetched");
    }

    private async Task Take(Session session, string tag, List<StoredMail> mails, string to)
    {
        foreach (var mail in mails)
        {
            int number;
            lock (door)
            {
                number = folders[session.Folder].IndexOf(mail) + 1;
                folders[session.Folder].Remove(mail);
                folders[to].Add(mail);
            }

            session.Told--;
            await session.Say($"* {number} EXPUNGE");
        }

        await session.Say($"{tag} OK moved");
    }

    private List<StoredMail> Chosen(Session session, string set)
    {
        var all = Of(session.Folder);
        return [.. set.Split(',').SelectMany(range => range.Split(':') is [var from, var to]
            ? all.Where(m => m.Id >= int.Parse(from, CultureInfo.InvariantCulture) && (to == "*" || m.Id <= int.Parse(to, CultureInfo.InvariantCulture)))
            : all.Where(m => m.Id.ToString(CultureInfo.InvariantCulture) == range))];
    }

    public sealed class StoredMail(int id, byte[] source)
    {
        public int Id => id;

        public byte[] Source => source;

        public bool Seen { get; set; }
    }

    private sealed class Session(TcpClient client)
    {
        private readonly SemaphoreSlim turn = new(1, 1);
        private readonly StreamReader reader = new(client.GetStream(), Encoding.Latin1);

        public TcpClient Client { get; } = client;

        public string Folder { get; set; } = "INBOX";

        public bool Idling { get; set; }

        /// <summary>Of how many mails it knows.</summary>
        public int Told { get; set; }

        public async Task<string?> Read(CancellationToken ct) => await reader.ReadLineAsync(ct);

        public Task Say(params string[] lines) => Write(Encoding.Latin1.GetBytes(string.Concat(lines.Select(l => l + "\r\n"))));

        public Task Literal(string before, byte[] bytes) => Write([.. Encoding.Latin1.GetBytes($"{before}{{{bytes.Length}}}\r\n"), .. bytes, .. ")\r\n"u8]);

        private async Task Write(byte[] bytes)
        {
            await turn.WaitAsync();
            try
            {
                await Client.GetStream().WriteAsync(bytes);
            }
            finally
            {
                turn.Release();
            }
        }
    }
}
