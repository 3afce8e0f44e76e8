using Npgsql;
using Plura.Contacts.Contracts;
using Plura.Messaging.Contracts;

namespace Plura.Messaging;

/// <summary>For whom an answer in the web chat is: a visitor's session, whether anybody knows the visitor or not.</summary>
public sealed class ChatRecipients(IChatLines lines) : IRecipientSource
{
    /// <summary>Under these names the answer and what it says travel to <see cref="CompiledChat"/>.</summary>
    internal const string Line = "line";
    internal const string Text = "text";

    public bool Serves(string origin) => origin == IChatLines.Origin;

    public async Task<IReadOnlyDictionary<Guid, Recipient>> Load(NpgsqlConnection connection, string origin, Guid originId, IReadOnlyCollection<Guid> contactPointIds, CancellationToken ct)
    {
        if (await lines.Find(originId, ct) is not { } line)
            return new Dictionary<Guid, Recipient>();
        var fields = new Dictionary<string, object?>(StringComparer.Ordinal) { [Line] = originId.ToString(), [Text] = line.Text };
        // The session stands for the address: nothing can be blocked or consented for a connection that ends with its page.
        return contactPointIds.Where(p => p == line.Session).ToDictionary(p => p, p => new Recipient(line.ContactId, p, p.ToString(), p, Minor: false, fields));
    }
}
