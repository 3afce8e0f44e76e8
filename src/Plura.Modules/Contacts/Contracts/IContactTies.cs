using Npgsql;

namespace Plura.Contacts.Contracts;

/// <summary>
/// What ties a contact to something that would lose its meaning without them: a message they were sent, a form they filled in. Modules to
/// the right bring their own; taking an import back keeps whoever is tied.
/// </summary>
public interface IContactTies
{
    /// <summary>Adds the tied ones with an id from <paramref name="first"/> to <paramref name="last"/> to the temporary table <c>contact_tie (contact_id uuid)</c> of this connection; twice is no mistake.</summary>
    Task Tie(NpgsqlConnection connection, Guid tenant, Guid first, Guid last, CancellationToken ct);
}
