using System.ComponentModel.DataAnnotations;

namespace Plura.Adapters;

/// <summary><c>Email__Inbound__…</c>: who takes mail for us and posts it here. Nothing is mapped where no secret is set.</summary>
public sealed class InboundOptions
{
    public const string Section = "Email:Inbound";

    /// <summary>Under which what is posted is signed.</summary>
    [MinLength(16, ErrorMessage = "Email__Inbound__Secret needs at least 16 characters.")]
    public string Secret { get; set; } = "";
}
