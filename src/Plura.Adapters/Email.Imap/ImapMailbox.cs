using MailKit;
using MailKit.Net.Imap;
using MailKit.Search;
using MailKit.Security;
using Plura.Conversations;

namespace Plura.Adapters;

/// <summary>One connection to the mailbox: takes what is unread, and waits for more.</summary>
internal sealed class ImapMailbox : IAsyncDisposable
{
    /// <summary>Servers close a connection that is silent for half an hour, and many boxes on the way sooner.</summary>
    private static readonly TimeSpan LongestIdle = TimeSpan.FromMinutes(9);

    /// <summary>Of a mail that is larger than we take, how much.</summary>
    private const int Head = 64_000;

    private readonly ImapClient client;
    private readonly ImapOptions options;
    private readonly TimeProvider clock;
    private readonly IMailFolder folder;
    private readonly IMailFolder? done;

    private CancellationTokenSource? idling;
    private volatile bool grown;

    private ImapMailbox(ImapClient client, ImapOptions options, TimeProvider clock, IMailFolder folder, IMailFolder? done)
    {
        (this.client, this.options, this.clock, this.folder, this.done) = (client, options, clock, folder, done);
        // A server may tell of new mail in its answer to anything; then there is nothing to wait for.
        folder.CountChanged += (_, _) =>
        {
            grown = true;
            idling?.Cancel();
        };
    }

    public static async Task<ImapMailbox> Open(ImapOptions options, TimeProvider clock, CancellationToken ct)
    {
        var client = new ImapClient { Timeout = options.TimeoutSeconds * 1000 };
        try
        {
            await client.ConnectAsync(options.Host, options.Port, Security(options), ct);
            if (!client.IsSecure && options.Tls != "none")
                throw new AuthenticationException("The server offers no encryption, so the password was not sent. Set Email__Imap__Tls=none to allow it.");
            await client.AuthenticateAsync(options.User, options.Password, ct);
            var folder = await Find(client, options.Folder, ct);
            await folder.OpenAsync(FolderAccess.ReadWrite, ct);
            return new ImapMailbox(client, options, clock, folder, options.DoneFolder is { Length: > 0 } name ? await Find(client, name, ct) : null);
        }
        catch
        {
            client.Dispose();
            throw;
        }
    }

    /// <summary>Hands each unread mail over, and marks or moves it only after it was taken. Answers how many.</summary>
    public async Task<int> TakeAll(Func<ReceiveMail, CancellationToken, Task> take, CancellationToken ct)
    {
        grown = false;
        var unread = await folder.SearchAsync(SearchQuery.NotSeen.And(SearchQuery.NotDeleted), ct);
        if (unread.Count == 0)
            return 0;
        var sizes = (await folder.FetchAsync(unread, MessageSummaryItems.UniqueId | MessageSummaryItems.Size, ct)).ToDictionary(m => m.UniqueId, m => m.Size ?? 0);
        var taken = 0;
        // One that is gone from the answer was taken out by somebody else.
        foreach (var id in unread.Where(sizes.ContainsKey))
        {
            var tooLarge = sizes[id] > ReceiveMail.Largest;
            using var source = new MemoryStream();
            await using (var stream = tooLarge ? await folder.GetStreamAsync(id, 0, Head, ct) : await folder.GetStreamAsync(id, ct))
                await stream.CopyToAsync(source, ct);
            await take(new ReceiveMail { Source = source.ToArray(), OnlyItsHead = tooLarge }, ct);
            // It is taken: whatever stops us now, the mark is set, or the mail comes again and is known.
            await folder.AddFlagsAsync(id, MessageFlags.Seen, silent: true, ct);
            if (done is not null)
                await folder.MoveToAsync(id, done, ct);
            taken++;
        }

        return taken;
    }

    /// <summary>Until the server tells of something new, or it is time to look by ourselves.</summary>
    public async Task Wait(CancellationToken ct)
    {
        if (!client.Capabilities.HasFlag(ImapCapabilities.Idle))
        {
            await Task.Delay(TimeSpan.FromSeconds(options.PollSeconds), clock, ct);
            await client.NoOpAsync(ct);
            return;
        }

        using var enough = new CancellationTokenSource(LongestIdle, clock);
        idling = enough;
        try
        {
            if (!grown)
                await client.IdleAsync(enough.Token, ct);
        }
        finally
        {
            idling = null;
        }
    }

    public async ValueTask DisposeAsync()
    {
        try
        {
            if (client.IsConnected)
                await client.DisconnectAsync(quit: true, CancellationToken.None);
        }
        catch (Exception error) when (ImapReader.Lost(error))
        {
            // It is closed either way.
        }

        client.Dispose();
    }

    private static async Task<IMailFolder> Find(ImapClient client, string name, CancellationToken ct) =>
        name.Equals("INBOX", StringComparison.OrdinalIgnoreCase) ? client.Inbox : await client.GetFolderAsync(name, ct);

    private static SecureSocketOptions Security(ImapOptions options) => options.Tls switch
    {
        "implicit" => SecureSocketOptions.SslOnConnect,
        "required" => SecureSocketOptions.StartTls,
        "none" => SecureSocketOptions.None,
        _ => options.Port == 993 ? SecureSocketOptions.SslOnConnect : SecureSocketOptions.StartTlsWhenAvailable,
    };
}
