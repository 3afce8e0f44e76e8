using System.ComponentModel.DataAnnotations;
using Microsoft.EntityFrameworkCore;
using Plura.Accounts.Data;
using Plura.Platform;

namespace Plura.Accounts;

/// <summary>How the product looks to an agency's accounts and their customers: name, colour, logo, and the domain that mail comes from once its record says so.</summary>
public sealed record EditBrand
{
    [Required(ErrorMessage = "Enter the name that people see."), StringLength(60, ErrorMessage = "The name has at most 60 characters.")]
    public string Name { get; set; } = "";

    /// <summary><c>#rrggbb</c>; null keeps the product's own.</summary>
    [RegularExpression("^#[0-9A-Fa-f]{6}$", ErrorMessage = "Write the colour as # and six digits or letters from a to f, for example #7a3cff.")]
    public string? Accent { get; set; }

    [StringLength(200, ErrorMessage = "A domain has at most 200 characters."), RegularExpression(DomainNames.Shape, ErrorMessage = "Write the domain alone, for example mail.sunrise.com.")]
    public string? SenderDomain { get; set; }

    /// <summary>Takes the logo away.</summary>
    public bool RemoveLogo { get; set; }

    /// <summary>A new logo's content; null leaves it as it is.</summary>
    public byte[]? Logo { get; set; }
}

public sealed class EditBrandHandler(PluraDb db, CurrentAgency agency, IAudit audit)
{
    /// <summary>Answers a sentence about what was adjusted, or none.</summary>
    public async Task<Result<string>> Handle(EditBrand command, CancellationToken ct)
    {
        if (command.Invalid() is { } invalid)
            return invalid;
        if (command.Logo is { Length: > Pictures.Largest })
            return Refusal.Invalid("brand.logo_size", "A logo has at most 512 KB. Make the picture smaller and choose it again.", nameof(command.Logo));
        var type = command.Logo is { Length: > 0 } bytes ? Pictures.TypeOf(bytes) : null;
        if (command.Logo is { Length: > 0 } && type is null)
            return Refusal.Invalid("brand.logo_type", "A logo is a PNG, JPEG or WebP picture. This file is something else.", nameof(command.Logo));

        var id = agency.Id;
        // A look at the mail domain's record that runs at this moment waits, and then finds another domain: it confirms none that it did not ask about.
        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        await db.Database.ExecuteSqlAsync($"select from accounts.agency_brand where agency_id = {id} for update", ct);
        var brand = await db.AgencyBrands.FirstOrDefaultAsync(b => b.AgencyId == id, ct);
        if (brand is null)
            db.Add(brand = AgencyBrand.Of(id));
        brand.Look(command.Name, command.Accent?.ToLowerInvariant(), command.SenderDomain?.ToLowerInvariant());
        if (type is not null)
            await Show(brand, type, command.Logo!, ct);
        else if (command.RemoveLogo)
            await Hide(brand, ct);
        audit.Note("agency.edit_brand", id);
        await db.SaveChangesAsync(ct);
        await transaction.CommitAsync(ct);
        return brand.Accent is { } accent && Palette.Of(accent) is { } palette && palette.Changes(accent) is { } changes ? changes : "";
    }

    private async Task Show(AgencyBrand brand, string type, byte[] content, CancellationToken ct)
    {
        if (await db.AgencyLogos.FirstOrDefaultAsync(l => l.AgencyId == brand.AgencyId, ct) is { } logo)
            logo.Replace(type, content);
        else
            db.Add(AgencyLogo.Of(brand.AgencyId, type, content));
        brand.Show(logo: true);
    }

    private async Task Hide(AgencyBrand brand, CancellationToken ct)
    {
        if (await db.AgencyLogos.FirstOrDefaultAsync(l => l.AgencyId == brand.AgencyId, ct) is { } logo)
            db.Remove(logo);
        brand.Show(logo: false);
    }
}
