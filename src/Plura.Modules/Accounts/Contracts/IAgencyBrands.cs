using Plura.Ui;

namespace Plura.Accounts.Contracts;

/// <summary>The looks that agencies gave the product.</summary>
public interface IAgencyBrands
{
    /// <summary>Null where the agency keeps the product's own.</summary>
    Task<BrandCard?> OfAgency(Guid agencyId, CancellationToken ct);

    /// <summary>The brand of the account's agency.</summary>
    Task<BrandCard?> OfAccount(Guid accountId, CancellationToken ct);

    /// <summary>The brand of whoever has a host name; null for the installation's own names and for names that nobody confirmed.</summary>
    Task<BrandCard?> OfHost(string host, CancellationToken ct);

    /// <summary>The brand of the agency of the account that an invitation leads into.</summary>
    Task<BrandCard?> OfInvitation(Guid invitationId, CancellationToken ct);

    /// <summary>What links that concern an account begin with: its agency's host name where one is confirmed, else the installation's own; without a slash at its end.</summary>
    Task<string> Home(Guid accountId, CancellationToken ct);

    /// <summary>Whether some agency's domain for mail is this one, and confirmed.</summary>
    Task<bool> IsMailDomain(string domain, CancellationToken ct);
}

/// <param name="Name">Stands where the product's name would stand.</param>
/// <param name="Sheet">The address of the style sheet with the colours, or null.</param>
/// <param name="Logo">The address of the logo, or null.</param>
/// <param name="Accent">The colour for light grounds, <c>#rrggbb</c>, or null: letters use it.</param>
/// <param name="MailDomain">The domain from which mail comes, or null where none is confirmed.</param>
public sealed record BrandCard(string Name, string? Sheet, string? Logo, string? Accent, string? MailDomain);

public static class BrandWearing
{
    extension(Brand brand)
    {
        /// <summary>Has the page wear it, where there is one.</summary>
        public void Wear(BrandCard? card)
        {
            if (card is not null)
                brand.Wear(card.Name, card.Sheet, card.Logo);
        }
    }
}
