namespace Plura.Platform;

/// <summary>
/// Mail of the installation itself (confirm your address, a contact form reached us). Messaging implements it: the letter leaves
/// through the operator's own account, the one gate and the one send ledger. Call it before SaveChanges: the letter is a job in the outbox.
/// </summary>
public interface ISystemMail
{
    void Post(SystemLetter letter);
}

/// <summary>What to send and to whom. No secret is in it: a link's token is made when the letter is sent.</summary>
/// <param name="Kind">The letter's template: <c>confirm_email</c>, <c>contact_form</c>, <c>new_device</c> …</param>
/// <param name="RecipientId">The user it goes to; for letters to the operator, the id of what it is about. With <paramref name="Kind"/> and <paramref name="OccurrenceId"/> it makes the send unique.</param>
/// <param name="OccurrenceId">One id per occasion: the same occasion never sends twice.</param>
/// <param name="ToOperator">True where the operator's support address is the recipient, not the user.</param>
/// <param name="Facts">Plain facts for the template.</param>
public sealed record SystemLetter(string Kind, Guid RecipientId, Guid OccurrenceId, bool ToOperator, IReadOnlyDictionary<string, string> Facts)
{
    /// <summary>The fact that names the account which a letter is about: it wears that account's look and leads to where it is reached. A letter that is posted inside an account has it by itself.</summary>
    public const string AboutAccount = "about_account";
}
