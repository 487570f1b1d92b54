package importer

import (
	"strings"

	"shopbell/app/records"
)

// headings are what files of shops write above a column, folded, in English, Vietnamese, Spanish, Portuguese and French, by the name of the
// field. The words of the catalog (name and label) are added to them.
var headings = map[string]string{
	"name": "full name|customer|customer name|client|client name|contact|contact name|ten|ho ten|ho va ten|ten khach|ten khach hang|khach hang|nguoi lien he|" +
		"nombre|nombre completo|nombre y apellidos|cliente|contacto|nome|nome completo|contato|nom|nom complet|nom et prenom|denomination|company name|ten cong ty|empresa|razon social|razao social|raison sociale|event name|ten su kien",
	"phone": "phone number|telephone|telephone number|tel|mobile|mobile phone|mobile number|cell|cell phone|cellphone|whatsapp|whatsapp number|number phone|contact number|" +
		"dien thoai|so dien thoai|sdt|dt|di dong|so di dong|so whatsapp|telefono|numero de telefono|movil|celular|telefono movil|num telefono|" +
		"telefone|numero de telefone|telemovel|portable|numero|numero de telephone|gsm|n de telephone",
	"username":  "user name|whatsapp username|ten nguoi dung|usuario|nome de usuario|nom d utilisateur",
	"user_id":   "whatsapp user id|bsuid|wa user id",
	"email":     "e mail|mail|email address|e mail address|thu dien tu|dia chi email|correo|correo electronico|endereco de email|courriel|adresse e mail|adresse email",
	"company":   "organisation|organization|firm|business|cong ty|don vi|empresa|compania|companhia|societe|entreprise",
	"address":   "street|street address|delivery address|dia chi|dia chi giao hang|direccion|domicilio|calle|endereco|morada|rua|adresse|rue",
	"city":      "town|thanh pho|tinh thanh|tinh|ciudad|localidad|poblacion|cidade|ville|commune",
	"country":   "quoc gia|nuoc|pais|pays|nation",
	"language":  "lang|ngon ngu|idioma|lingua|langue",
	"tags":      "tag|labels|label|group|groups|segment|nhan|nhom|etiquetas|etiqueta|grupo|marcadores|etiquettes|groupe",
	"opt_out":   "optout|opt out|unsubscribed|do not contact|stop marketing|no marketing|tu choi|khong nhan tin|baja|descadastrado|desinscrit|desabonne",
	"birthday":  "birth date|date of birth|dob|ngay sinh|sinh nhat|fecha de nacimiento|cumpleanos|nascimento|data de nascimento|aniversario|date de naissance|anniversaire",
	"reference": "ref|customer reference|customer code|customer id|code|id|ma|ma khach hang|ma kh|tham chieu|referencia|codigo|codigo cliente|reference client|code client",
	"note":      "notes|comment|comments|remark|remarks|ghi chu|nota|notas|observaciones|comentarios|observacoes|remarque|commentaire|commentaires",
	"website":   "web|site|url|web site|trang web|sitio web|pagina web|site web",
	"tax_id":    "vat|vat number|tax id|tax code|ma so thue|mst|nif|cif|rfc|ruc|cnpj|cpf|siret|numero de tva",
	"number": "no|nr|num|invoice number|invoice no|invoice|order number|order no|order|quotation number|quote number|receipt number|ticket number|document number|payment number|" +
		"so|so hoa don|so don hang|ma don hang|ma don|ma hoa don|so phieu|so bao gia|ma ve|hoa don|don hang|so ct|" +
		"numero|n|numero de factura|factura|num factura|pedido|numero de pedido|presupuesto|recibo|" +
		"numero da fatura|fatura|nota fiscal|numero do pedido|orcamento|" +
		"numero de facture|facture|n facture|commande|numero de commande|devis|n de commande",
	"customer": "customer name|client|client name|buyer|bill to|khach hang|khach|ten khach hang|ten khach|nguoi mua|cliente|nombre cliente|nombre del cliente|comprador|" +
		"nome do cliente|nom du client|nom client|acheteur|contact|ho ten|name|ten|nombre|nome|nom",
	"date":            "invoice date|order date|issue date|issued|ngay|ngay lap|ngay hoa don|ngay dat hang|ngay tao|fecha|fecha factura|fecha de emision|fecha pedido|data|data de emissao|date de facture|date facture|date de commande",
	"due_date":        "due|payment due|due on|ngay den han|han thanh toan|vencimiento|fecha de vencimiento|vencimento|data de vencimento|echeance|date d echeance",
	"valid_until":     "valid to|expires|expiry|expiration date|hieu luc den|het han|valido hasta|validez|valido ate|validade|valable jusqu au|validite",
	"subtotal":        "net|net total|untaxed|untaxed amount|truoc thue|tien hang|tong truoc thue|base|base imponible|subtotal|sous total|total ht|montant ht",
	"tax":             "vat amount|taxes|tien thue|thue|iva|impuesto|imposto|impostos|tva|montant tva",
	"total":           "amount|total amount|grand total|sum|value|tong|tong tien|tong cong|thanh tien|so tien|gia tri|importe|importe total|monto|monto total|valor|valor total|montant|montant total|total ttc|montant ttc",
	"amount":          "total|paid|sum|so tien|tong tien|importe|monto|valor|montant",
	"amount_due":      "due amount|balance|balance due|outstanding|open amount|con no|con lai|con phai tra|saldo|pendiente|saldo pendiente|em aberto|a pagar|solde|reste a payer|restant du",
	"currency":        "cur|curr|tien te|loai tien|moneda|divisa|moeda|devise|monnaie",
	"state":           "status|trang thai|tinh trang|estado|situacao|etat|statut",
	"paid":            "is paid|da thanh toan|da tra|pagado|pagada|pago|paga|paye|payee",
	"method":          "payment method|paid by|paid with|hinh thuc thanh toan|phuong thuc|forma de pago|metodo de pago|forma de pagamento|mode de paiement|moyen de paiement",
	"portal_link":     "link|url|online link|duong dan|enlace|lien",
	"link":            "url|web page|duong dan|enlace|lien",
	"payment_link":    "pay link|payment url|pay url|link thanh toan|enlace de pago|link de pagamento|lien de paiement",
	"tracking_link":   "tracking url|link theo doi|enlace de seguimiento|link de rastreio|lien de suivi",
	"tracking_number": "tracking|tracking no|tracking code|ma van don|so van don|numero de seguimiento|codigo de rastreio|numero de suivi",
	"carrier":         "shipper|courier|don vi van chuyen|nha van chuyen|transportista|transportadora|transporteur",
	"attendee":        "attendee name|participant|guest|name|full name|nguoi tham du|khach moi|ho ten|ten|asistente|participante|nombre|nome|convidado|nom",
	"event":           "event name|su kien|ten su kien|evento|evenement",
	"venue":           "place|location|dia diem|lugar|local|lieu|salle",
	"seat":            "seat number|cho ngoi|so ghe|asiento|butaca|assento|place",
	"kind":            "ticket type|type|loai ve|tipo de entrada|tipo|type de billet",
	"price":           "unit price|ticket price|gia|don gia|gia ve|precio|precio unitario|preco|preco unitario|prix|prix unitaire",
	"quantity":        "qty|so luong|sl|cantidad|cant|quantidade|qtd|quantite|qte",
	"product":         "item|product name|article|san pham|ten hang|ten san pham|hang hoa|producto|articulo|produto|item|produit|designation",
	"description":     "details|mo ta|dien giai|descripcion|concepto|descricao|libelle",
	"unit":            "uom|dvt|don vi tinh|unidad|unidade|unite",
	"discount":        "discount percent|disc|giam gia|chiet khau|descuento|dto|desconto|remise",
	"invoice":         "invoice number|invoice no|hoa don|so hoa don|factura|numero de factura|fatura|facture|numero de facture",
	"order":           "order number|order no|sales order|don hang|ma don hang|so don hang|pedido|numero de pedido|commande|numero de commande",
	"quotation":       "quote|quotation number|order|order number|bao gia|don hang|ma don hang|presupuesto|pedido|orcamento|devis|commande",
	"receipt":         "receipt number|bien lai|hoa don|recibo|ticket|recu",
	"salesperson":     "sales rep|seller|sold by|nhan vien|nguoi ban|nhan vien ban hang|vendedor|comercial|vendeur|commercial",
	"cashier":         "thu ngan|cajero|caixa|caissier",
	"start":           "starts|start date|begins|bat dau|ngay bat dau|inicio|comienza|debut",
	"end":             "ends|end date|ket thuc|ngay ket thuc|fin|fim|termina",
	"latitude":        "lat|vi do|latitud",
	"longitude":       "lng|lon|long|kinh do|longitud",
}

// target is a field that a column may fill: one of the type, or one of what a relation leads to.
type target struct {
	path  string
	field records.Field // the field itself
	via   records.Field // the relation it is reached by; zero for a field of the type
	words []string      // folded
}

// reached are the fields of a related record that a file may have beside it.
var reached = []string{"phone", "email", "name", "number"}

// targets lists what columns may fill.
func targets(c records.Catalog, t records.Type) []target {
	var out []target
	_, hasPhone := t.Field("phone")
	for _, f := range t.Fields {
		if f.Kind == records.KindRelation && f.Many {
			continue
		}
		words := wordsOf(f.Name, f.Label)
		if t.Name == records.TypeContact && f.Name == "name" || f.Name != "name" {
			words = append(words, strings.Split(headings[f.Name], "|")...)
		} else {
			words = append(words, strings.Split(headings["name"], "|")...)
		}
		out = append(out, target{path: f.Name, field: f, words: words})
		if f.Kind != records.KindRelation || f.Relation == records.TypeCountry {
			continue
		}
		far, ok := c.Type(f.Relation)
		if !ok {
			continue
		}
		for _, name := range reached {
			g, ok := far.Field(name)
			if !ok || g.Kind != records.KindText || name == far.Title && name != "name" {
				continue
			}
			x := target{path: f.Name + "." + name, field: g, via: f}
			for _, w := range append(wordsOf(f.Name, f.Label), strings.Split(headings[f.Name], "|")...) {
				x.words = append(x.words, w+" "+name, name+" "+w)
			}
			if f.Relation == records.TypeContact && (name == "phone" && !hasPhone || name == "email") {
				x.words = append(x.words, append(wordsOf(name, name), strings.Split(headings[name], "|")...)...)
			}
			out = append(out, x)
		}
	}
	return out
}

func wordsOf(name, label string) []string {
	return []string{records.Fold(strings.ReplaceAll(name, "_", " ")), records.Fold(label)}
}

// fit tells how well a heading names a target: 0 not at all, 1000 exactly.
func (t target) fit(heading string) int {
	best := 0
	for i, w := range t.words {
		switch {
		case w == "" || heading == "":
		case w == heading:
			best = max(best, 1000-min(i, 100)) // the catalog's own words, then the more usual ones
		case len(w) > 2 && strings.Contains(" "+heading+" ", " "+w+" "):
			best = max(best, min(100+len(w), 300))
		}
	}
	if t.via.Name != "" && best > 0 {
		best--
	}
	return best
}
