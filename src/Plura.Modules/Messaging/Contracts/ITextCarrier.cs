namespace Plura.Messaging.Contracts;

/// <summary>What whoever carries this installation's texts can do.</summary>
public interface ITextCarrier
{
    /// <summary>Pictures and other files may go along.</summary>
    bool CarriesFiles { get; }
}
